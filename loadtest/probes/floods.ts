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
const ROUTES: readonly string[] = [
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
];

/** Of what is held without a flood. */
const HELD_MIN = 0.95;
const PLAYERS = 2;
const FLOOD_MS = 4000;
/** The honest pair reports once a second. */
const REPORT_MS = 1100;

/** Shares of those that were due. */
interface Held {
  ticks: number;
  patches: number;
}

export const floods: Probe = {
  claim: "ticks and patches of honest players while 16 connections flood one route with 250 KB/s",
  bound: `${percent(HELD_MIN)} of those without a flood, on every route`,
  async run() {
    buildPage();
    const server = await startServer({ ADMIN_PASSWORD });
    let honest: HonestPair | undefined;
    try {
      honest = await startHonestPair(server.origin, server.botToken);
      const quiet = await hold(server, honest);
      console.log(lineOf("no flood", quiet));
      const { host, port, origin } = server;
      // Without a token: limits do not count bots.
      const target = { host: `${host}:${port}`, origin, token: "", room: honest.room };
      const found: Record<string, Held> = {};
      for (const flood of floodsOf(target)) {
        const start = (signal: AbortSignal) => openFlood(server, target, flood, signal);
        const held = await hold(server, honest, start);
        console.log(lineOf(flood.name, held));
        found[flood.name] = held;
      }
      const [worst = "", held = quiet] =
        Object.entries(found).toSorted(([, a], [, b]) => a.patches - b.patches)[0] ?? [];
      return {
        measured: `worst: ${worst}, ${percent(held.ticks)} of ticks and ${percent(held.patches)} of patches`,
        holds: Object.values(found).every(({ patches }) => patches > 0),
        isInTime: Object.values(found).every(
          ({ ticks, patches }) => ticks >= HELD_MIN * quiet.ticks && patches >= HELD_MIN * quiet.patches,
        ),
      };
    } finally {
      await honest?.stop();
      await server.stop();
    }
  },
};

const lineOf = (name: string, { ticks, patches }: Held): string =>
  `${name.padEnd(30)} ${percent(ticks).padStart(7)} of ticks, ${percent(patches).padStart(7)} of patches`;

function floodsOf(target: Target): Flood[] {
  const requests = requestsTo(target.room, target.room).filter(({ name }) => ROUTES.includes(name));
  return [
    ...requests.map((request) => ({
      name: request.name,
      bytes: Buffer.from(fillIn(requestText(request), target), "latin1"),
      isFrame: false,
    })),
    { name: "command frames", bytes: COMMAND_FRAME, isFrame: true },
    { name: "chat that grows", bytes: GROWING_CHAT_FRAME, isFrame: true },
  ];
}

/** Measures for FLOOD_MS, while `flood` goes on until its signal is aborted. */
async function hold(
  server: ServerProcess,
  honest: HonestPair,
  flood?: (signal: AbortSignal) => Promise<void>,
): Promise<Held> {
  const metrics = createServerProbe(server.origin, server.metricsToken);
  await wait(REPORT_MS);
  const gapsBefore = honest.patchGapsMs.length;
  const before = await metrics.read();
  const end = new AbortController();
  const flooding = flood?.(end.signal);
  await wait(FLOOD_MS);
  end.abort();
  await flooding;
  // Under the flood the server may be too busy to answer.
  const after = await metrics.read();
  await wait(REPORT_MS);
  const gapsMs = honest.patchGapsMs.slice(gapsBefore);
  const missed = gapsMs.reduce((sum, gapMs) => sum + Math.max(0, Math.round(gapMs / PATCH_MS) - 1), 0);
  const span = before && after && new Span(before, after);
  return {
    ticks: span ? span.growth("fracas_ticks_held_total") / span.growth("fracas_ticks_due_total") : 0,
    patches: Math.max(0, 1 - (missed * PATCH_MS) / (PLAYERS * FLOOD_MS)),
  };
}
