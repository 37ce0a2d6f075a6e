/** Simulates an incident again, and compares the world with the room's after every tick. */
import { createHash } from "node:crypto";
import { MAPS } from "#server/arenas.ts";
import { ByteReader } from "#server/rooms/flight/bytes.ts";
import { CommandReader } from "#server/rooms/flight/commandTape.ts";
import { type Incident, IncidentError, startOf } from "#server/rooms/flight/incident.ts";
import { answerFrom } from "#server/rooms/flight/sightTape.ts";
import { restoreGame } from "#server/rooms/worldSnapshot.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { brokenInvariant } from "#shared/game/invariants.ts";
import { stepWorld } from "#shared/game/step.ts";
import { hashWorld } from "#shared/game/worldHash.ts";
import { ENDLESS } from "#shared/modes/rules.ts";

type Leg = Incident["legs"][number];

export type Outcome =
  | { readonly is: "same"; readonly ticks: number }
  /** Stopped where it was told to. */
  | { readonly is: "until"; readonly tick: number; readonly world: ArenaWorld }
  | { readonly is: "differs"; readonly tick: number; readonly hash: number; readonly recorded: number }
  /** `inRoom`: whether the step threw in the room, too. */
  | { readonly is: "throws"; readonly tick: number; readonly error: unknown; readonly inRoom: boolean }
  /** An invariant breaks. */
  | { readonly is: "breaks"; readonly tick: number; readonly what: string };

export interface RerunOptions {
  /** The last tick to simulate. */
  readonly until?: number | undefined;
  /** Called after each tick. `recorded`: the room's hash; undefined if its step threw. */
  readonly onTick?: (tick: number, hash: number, recorded: number | undefined) => void;
}

/** Stops at the first tick that is not as in the room, or that fails. Throws an IncidentError. */
export function rerun(incident: Incident, options: RerunOptions = {}): Outcome {
  let ticks = 0;
  for (const leg of incident.legs) {
    const outcome = rerunLeg(incident, leg, options);
    if (outcome.is !== "same") return outcome;
    ticks += outcome.ticks;
  }
  return { is: "same", ticks };
}

function rerunLeg(incident: Incident, leg: Leg, { until = Infinity, onTick }: RerunOptions): Outcome {
  const checksInvariants = incident.kind === "invariant";
  const world = worldOf(incident, leg);
  const { state } = world;
  const start = hashWorld(world);
  if (start !== leg.hash) return { is: "differs", tick: state.tick, hash: start, recorded: leg.hash };
  const ticks = leg.hashes.length + (leg.threw ? 1 : 0);
  const commands = new CommandReader(readerOf(leg.commands), leg.ids);
  const answers = readerOf(leg.answers);
  const seen = answerFrom(() => answers);
  for (let at = 0; at < ticks; at++) {
    if (state.tick >= until) return { is: "until", tick: state.tick, world };
    const recorded = leg.hashes[at];
    const given = intact(() => commands.read());
    try {
      stepWorld(world, given, seen);
    } catch (error) {
      return { is: "throws", tick: state.tick, error, inRoom: recorded === undefined };
    }
    const hash = hashWorld(world);
    onTick?.(state.tick, hash, recorded);
    if (recorded !== undefined && hash !== recorded)
      return { is: "differs", tick: state.tick, hash, recorded };
    const what = checksInvariants ? brokenInvariant(world) : undefined;
    if (what !== undefined) return { is: "breaks", tick: state.tick, what };
  }
  return { is: "same", ticks };
}

/** The world of the leg's keyframe. */
function worldOf({ arenas }: Incident, leg: Leg): ArenaWorld {
  const arena = arenaOf(leg, arenas);
  const { rules, world: snapshot } = startOf(leg);
  // Its own rules may be what is wrong with it.
  const world = createWorld(arena, 0, ENDLESS);
  restoreGame(world, snapshot, arena, rules);
  return world;
}

/** Finds the arena by the hash of its content, whatever its name is now; `brought`: files that the incident has. */
function arenaOf({ map, mapSha256 }: Leg, brought: readonly string[]): Arena {
  for (const tiledJson of brought) {
    if (createHash("sha256").update(tiledJson).digest("hex") !== mapSha256) continue;
    return parseArena(JSON.parse(tiledJson), map);
  }
  for (const { arena, sha256 } of MAPS.values()) if (sha256 === mapSha256) return { ...arena, name: map };
  throw new IncidentError(
    MAPS.has(map)
      ? `the map "${map}" has changed since: check out the version that wrote the incident`
      : `this version has no map "${map}"`,
  );
}

const readerOf = (base64: string) => new ByteReader(Buffer.from(base64, "base64"));

function intact<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new IncidentError(`the incident's commands are damaged: ${(error as Error).message}`);
  }
}
