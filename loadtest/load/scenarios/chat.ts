/** Everybody plays, and talks as much as the server lets them. */
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { enterPublic } from "./entering.ts";
import { type Scenario, Skipped, type Stage } from "./scenario.ts";

/** 1.2 times the interval that a room accepts for long from one person: 3 s. */
const SAY_EVERY_MS = (1.2 * 1_000) / CHAT_RATE.perSec;
const LINES = [
  "gg",
  "behind you!",
  "who has the flag?",
  "nice shot",
  "they are at the hill, all of them",
  "one more?",
];

export const chat: Scenario = {
  meaning: `everybody plays, and says something every ${SAY_EVERY_MS / 1000} s`,
  placesFor: (clients) => clients,
  async play(stage) {
    await requireChat(stage);
    await enterPublic(stage, stage.clients - 1, stage.rampMs);
    stage.begin();
    const endsAt = performance.now() + stage.durationMs;
    const refusals = new Map<string, number>();
    await Promise.all(stage.crowd.present.map((bot) => talk(stage, bot, endsAt, refusals)));
    for (const [why, times] of refusals) stage.note(`${times} lines were refused: ${why}`);
  },
};

const lineOf = (text: string) => ({ type: "chat", message: { scope: "all", text } }) as const;

async function requireChat(stage: Stage): Promise<void> {
  await enterPublic(stage, 1, 0);
  const [first] = stage.crowd.present;
  if (first === undefined) return;
  const said = await stage.crowd.ask(first, lineOf("hello"));
  if (!said.agreed) throw new Skipped(`the server takes no chat: ${said.why}`);
}

async function talk(stage: Stage, bot: number, endsAt: number, refusals: Map<string, number>): Promise<void> {
  await stage.wait(stage.random.next() * SAY_EVERY_MS);
  while (!stage.isOver && performance.now() < endsAt) {
    const line = LINES[Math.floor(stage.random.next() * LINES.length)] ?? "";
    const said = await stage.crowd.ask(bot, lineOf(line));
    if (!said.agreed) refusals.set(said.why, (refusals.get(said.why) ?? 0) + 1);
    await stage.wait(Math.min(SAY_EVERY_MS, Math.max(0, endsAt - performance.now())));
  }
}
