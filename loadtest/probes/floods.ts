/** Do honest players keep their ticks and patches while others flood the server, one route after the other? */
import { setTimeout as wait } from "node:timers/promises";
import { COMMAND_FRAME, GROWING_CHAT_FRAME } from "#loadtest/fuzz/costs/frameKinds.ts";
import { requestsTo } from "#loadtest/fuzz/costs/requestKinds.ts";
import { ADMIN_PASSWORD } from "#loadtest/fuzz/costs/world.ts";
import { fillIn, requestText, type Target } from "#loadtest/fuzz/plan/requestText.ts";
import { type HonestPair, startHonestPair } from "#loadtest/fuzz/watch/honestPair.ts";
import { type ServerProcess, startServer } from "#loadtest/fuzz/watch/serverProcess.ts";
import { buildPage } from "#loadtest/lib/server/buildPage.ts";
import { percent } from "#loadtest/lib/text.ts";
import { Span } from "#loadtest/load/report/prometheus.ts";
import { createServerProbe } from "#loadtest/load/serverProbe.ts";
import { PATCH_MS } from "#shared/config.ts";
import { type Flood, openFlood } from "./flood.ts";
import type { Probe } from "./lab.ts";

/** Of the requests whose costs `npm run fuzz -- --costs` prints, those that a flood would choose. */
const ROUTES = [
  "/healthz",
  "404",
  "page",
  "largest file",
  "largest file, not compressed",
  "look-up of a room",
  "join of no room",
  "name that grows",
  "quick play",
  "/metrics without token",
  "/admin, wrong password",
  "upgrade for no seat",
] as const;
const FRAMES: Readonly<Record<string, Uint8Array>> = {
  "command frames": COMMAND_FRAME,
  "chat that grows": GROWING_CHAT_FRAME,
};
const FLOODS = [...ROUTES, ...Object.keys(FRAMES)];

/** Of what is held without a flood. */
const HELD_MIN = 0.95;
const PLAYERS = 2;
const FLOOD_MS = 4000;
/** The honest pair reports once a second. */
const REPORT_WITHIN_MS = 3000;
const LOOK_MS = 10;

interface Held {
  /** Shares of those that were due. */
  ticks: number;
  patches: number;
  /** What the flood sent, in bytes per second: refused connections send less. */
  sent: number;
}

export const floods: Probe = {
  claim: "ticks and patches of honest players while 16 connections flood one route with 250 KB/s",
  bound: `${percent(HELD_MIN)} of those without a flood, on every route`,
  async run() {
    buildPage();
    const quiet = await hold();
    console.log(lineOf("no flood", quiet));
    const found: Record<string, Held> = {};
    for (const name of FLOODS) {
      const held = await hold(name);
      console.log(lineOf(name, held));
      found[name] = held;
    }
    const [worst = "", held = quiet] =
      Object.entries(found).toSorted(([, a], [, b]) => a.patches - b.patches)[0] ?? [];
    return {
      measured: `worst: ${worst}, ${percent(held.ticks)} of ticks and ${percent(held.patches)} of patches`,
      holds: Object.values(found).every(({ patches, sent }) => patches > 0 && sent > 0),
      isInTime: Object.values(found).every(
        ({ ticks, patches }) => ticks >= HELD_MIN * quiet.ticks && patches >= HELD_MIN * quiet.patches,
      ),
    };
  },
};

const lineOf = (name: string, { ticks, patches, sent }: Held): string =>
  `${name.padEnd(30)} ${percent(ticks).padStart(7)} of ticks, ${percent(patches).padStart(7)} of patches, ${(sent / 1000).toFixed(0)} KB/s sent`;

function floodOf(name: string, target: Target): Flood {
  const frame = FRAMES[name];
  if (frame) return { bytes: frame, isFrame: true };
  const request = requestsTo(target.room, target.room).find((each) => each.name === name);
  if (!request) throw new Error(`there is no request "${name}"`);
  return { bytes: Buffer.from(fillIn(requestText(request), target), "latin1"), isFrame: false };
}

/** Measures on a server and with a pair of its own: a flood may have cost the one before its players. */
async function hold(name?: string): Promise<Held> {
  const server = await startServer({ ADMIN_PASSWORD });
  let honest: HonestPair | undefined;
  try {
    honest = await startHonestPair(server.origin, server.botToken);
    return await holdDuring(server, honest, name);
  } finally {
    await honest?.stop();
    await server.stop();
  }
}

async function holdDuring(server: ServerProcess, honest: HonestPair, name?: string): Promise<Held> {
  const { host, port, origin, metricsToken } = server;
  // Without a token: limits do not count bots.
  const target = { host: `${host}:${port}`, origin, token: "", room: honest.room };
  const metrics = createServerProbe(origin, metricsToken);
  const before = await metrics.read();
  const startedMs = await nextReport(honest);
  const patchesBefore = honest.patchGapsMs.length;
  const end = new AbortController();
  const flooding =
    name === undefined ? undefined : openFlood(server, target, floodOf(name, target), end.signal);
  await wait(FLOOD_MS);
  end.abort();
  const bytes = (await flooding) ?? 0;
  const endedMs = await nextReport(honest);
  // Under the flood the server may be too busy to answer.
  const after = await metrics.read();
  const span = before && after && new Span(before, after);
  const due = (PLAYERS * (endedMs - startedMs)) / PATCH_MS;
  const lost = due - (honest.patchGapsMs.length - patchesBefore);
  const dueDuring = (PLAYERS * FLOOD_MS) / PATCH_MS;
  return {
    ticks: span ? span.growth("fracas_ticks_held_total") / span.growth("fracas_ticks_due_total") : 0,
    patches: Math.min(1, Math.max(0, 1 - lost / dueDuring)),
    sent: (bytes * 1000) / FLOOD_MS,
  };
}

/** Resolves when the pair reports patches, or has reported none for too long, with the time. */
async function nextReport(honest: HonestPair): Promise<number> {
  const count = honest.patchGapsMs.length;
  const giveUpAt = performance.now() + REPORT_WITHIN_MS;
  while (honest.patchGapsMs.length === count && performance.now() < giveUpAt) await wait(LOOK_MS);
  return performance.now();
}
