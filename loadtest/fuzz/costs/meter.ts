/**
 * Measures what each kind of input costs a server: CPU, answered bytes and logged bytes for each byte that was sent. The
 * clock does not count, and what the server uses while nothing is sent is taken off, so that a busy machine matters little.
 */
import { median } from "#shared/figures/stats.ts";

/** What has been used and moved since the server started. */
export interface Reading {
  readonly atMs: number;
  readonly cpuUs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly logBytes: number;
  /** Frames and requests that were sent. */
  readonly pieces: number;
}

/** Sends, and resolves with what came back, in words, when the server has dealt with all of it. */
export type Send = () => Promise<string>;
/** Gets ready, for example opens connections, which does not count. */
export type Prepare = () => Promise<Send>;

/** Below its limits, each request from a network of its own; and far above them, all from one. */
export const SIDES = ["accepted", "refused"] as const;
export type Side = (typeof SIDES)[number];

/** One kind of input. A side is missing if there is no such thing: junk is never accepted. */
export interface Kind extends Partial<Readonly<Record<Side, Prepare>>> {
  readonly name: string;
  /** The promise in docs/security.md that it tests, by an ID in the last column of its table. */
  readonly promise: string;
  /** What one accepted piece may cost, in plain command frames, if that is more than usual. */
  readonly eachMax?: number | undefined;
}

/** For each byte that was sent, except the first. */
export interface Cost {
  /** CPU of a frame or a request. */
  readonly eachUs: number;
  readonly cpuUs: number;
  readonly bytesOut: number;
  readonly logBytes: number;
  /** What came back, of the last round. */
  readonly answers: string;
}

export interface Measured
  extends Pick<Kind, "name" | "promise" | "eachMax">,
    Partial<Readonly<Record<Side, Cost | undefined>>> {}

export interface Bench {
  read(): Promise<Reading>;
  /** Waits a moment in which nothing is sent. */
  idle(): Promise<void>;
  /** Called before a round, the first one is 0. */
  onRound?(round: number): void;
}

/** Rounds alternate all kinds; the first `warmUps` do not count. Medians of the others. */
export async function measureKinds(
  kinds: readonly Kind[],
  bench: Bench,
  { rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<Measured[]> {
  const found = new Map<Prepare, Cost[]>();
  for (let round = 0; round < warmUps + rounds; round++) {
    bench.onRound?.(round);
    for (const prepare of kinds.flatMap((kind) => SIDES.flatMap((side) => kind[side] ?? []))) {
      const cost = await measureOnce(prepare, bench);
      if (round >= warmUps) found.set(prepare, [...(found.get(prepare) ?? []), cost]);
    }
  }
  const costOf = (prepare: Prepare | undefined) => prepare && middle(found.get(prepare) ?? []);
  return kinds.map(({ accepted, refused, ...kind }) => ({
    ...kind,
    accepted: costOf(accepted),
    refused: costOf(refused),
  }));
}

async function measureOnce(prepare: Prepare, { read, idle }: Bench): Promise<Cost> {
  const send = await prepare();
  const quiet = await read();
  await idle();
  const before = await read();
  const answers = await send();
  const after = await read();
  const bytes = after.bytesIn - before.bytesIn;
  const quietMs = before.atMs - quiet.atMs;
  const used = (name: "cpuUs" | "bytesOut" | "logBytes") => {
    const expected = ((before[name] - quiet[name]) / quietMs) * (after.atMs - before.atMs);
    return Math.max(0, after[name] - before[name] - expected);
  };
  return {
    eachUs: used("cpuUs") / (after.pieces - before.pieces),
    cpuUs: used("cpuUs") / bytes,
    bytesOut: used("bytesOut") / bytes,
    logBytes: used("logBytes") / bytes,
    answers,
  };
}

function middle(costs: readonly Cost[]): Cost {
  const of = (name: Exclude<keyof Cost, "answers">) => median(costs.map((cost) => cost[name]));
  return {
    eachUs: of("eachUs"),
    cpuUs: of("cpuUs"),
    bytesOut: of("bytesOut"),
    logBytes: of("logBytes"),
    answers: costs.at(-1)?.answers ?? "",
  };
}
