/** All clients play, and chat as fast as the server allows. */
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { enterPublic } from "./entering.ts";
import type { Scenario, Stage } from "./scenario.ts";

/** A little slower than the rate limit of one client. */
const SAY_EVERY_MS = 1.2 * (1000 / CHAT_RATE.perSec);
const LINES = [
  "gg",
  "behind you!",
  "who has the flag?",
  "nice shot",
  "they are at the hill, all of them",
  "one more?",
];

export const chat: Scenario = {
  meaning: `all clients play, and say something every ${SAY_EVERY_MS / 1000} s`,
  placesFor: (clients) => clients,
  async play(stage) {
    await enterPublic(stage, stage.clients, stage.rampMs);
    stage.begin();
    const endsAtMs = performance.now() + stage.durationMs;
    const refusals = new Map<string, number>();
    await Promise.all(stage.crowd.present.map((bot) => talk(stage, bot, endsAtMs, refusals)));
    for (const [why, times] of refusals) stage.note(`${times} lines were refused: ${why}`);
  },
};

async function talk(
  stage: Stage,
  bot: number,
  endsAtMs: number,
  refusals: Map<string, number>,
): Promise<void> {
  await stage.wait(stage.random.next() * Math.min(SAY_EVERY_MS, stage.durationMs));
  do {
    const text = LINES[Math.floor(stage.random.next() * LINES.length)] ?? "";
    const said = await stage.crowd.ask(bot, { type: "chat", message: { scope: "all", text } });
    if (!said.agreed) refusals.set(said.why, (refusals.get(said.why) ?? 0) + 1);
    await stage.wait(Math.min(SAY_EVERY_MS, Math.max(0, endsAtMs - performance.now())));
  } while (!stage.isOver && performance.now() < endsAtMs);
}
