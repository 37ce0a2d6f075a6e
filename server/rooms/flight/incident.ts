/** An incident: a room's flight in a file, with why it was written. No name, identity, token or line of chat is in it. */

import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import { GameSnapshot } from "#server/admission/worldSnapshot.ts";
import { MAPS, mapOf } from "#server/arenas.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { type Leg, worldIn } from "./flightRecorder.ts";

/** Raise it with each change of the form. */
const INCIDENT_FORMAT = 1;

/** Bounds what a file may unpack to. */
const UNPACKED_MAX_BYTES = 64 * 1024 * 1024;

/** Why an incident is written. */
const INCIDENT_KINDS = ["throw", "invariant", "drift", "operator"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

const RulesForm = z.object({
  mode: z.enum(MODE_NAMES),
  teams: z.union([z.literal(0), z.literal(2)]),
  scoreLimit: z.number(),
  timeLimitTicks: z.number(),
  friendlyFire: z.boolean(),
});

const word = z.int().min(0).max(0xffffffff);
const bytes = z.base64().max(8 * 1024 * 1024);

const LegForm = z.object({
  map: z.string().max(64),
  /** The hash of the map's file. */
  mapSha256: z.string().max(64),
  hash: word,
  start: z.object({ rules: RulesForm, world: GameSnapshot }),
  /**
   * Numbers of `start` that its form does not allow, such as NaN, which JSON does not have either: the path, and the number
   * as text. `start` has 0 in these places.
   */
  odd: z
    .array(z.tuple([z.array(z.union([z.string().max(64), z.int()])).max(12), z.string().max(32)]))
    .max(1000),
  ids: z.array(z.string().max(64)).max(65_536),
  commands: bytes,
  answers: bytes,
  hashes: z.array(word).max(10_000),
  threw: z.boolean(),
});
type LegForm = z.infer<typeof LegForm>;

export const Incident = z.object({
  format: z.literal(INCIDENT_FORMAT),
  protocol: z.int(),
  room: z.string().max(64),
  atMs: z.number(),
  kind: z.enum(INCIDENT_KINDS),
  /** The tick at which it was written. */
  tick: z.int().min(0),
  what: z.string().max(2_000),
  stack: z.string().max(20_000),
  legs: z.array(LegForm).max(4_096),
  /** The Tiled files of the brought arenas among the legs' maps. */
  arenas: z.array(z.string().max(ARENA_FILE_MAX_BYTES)).max(64).default([]),
});
export type Incident = z.infer<typeof Incident>;

/** Says why a file cannot be rerun, in a sentence for developers. */
export class IncidentError extends Error {}

export interface Cause {
  readonly kind: IncidentKind;
  readonly what: string;
  readonly stack?: string;
}

/** Takes a turn of the event loop for each leg: pages can make a room write one, and no match may stand still for it. */
export async function incidentOf(
  cause: Cause,
  room: string,
  tick: number,
  legs: readonly Leg[],
): Promise<Incident> {
  const { kind, what, stack = "" } = cause;
  const forms: LegForm[] = [];
  for (const leg of legs) {
    await setImmediate();
    const form = formOf(leg);
    if (form) forms.push(form);
  }
  return {
    ...{ format: INCIDENT_FORMAT, protocol: PROTOCOL_VERSION, room, atMs: Date.now(), kind, tick },
    what: what.slice(0, 2_000),
    stack: stack.slice(0, 20_000),
    legs: forms,
    arenas: broughtIn(legs),
  };
}

function broughtIn(legs: readonly Leg[]): string[] {
  const names = new Set(legs.map(({ map }) => map).filter((map) => !MAPS.has(map)));
  return [...names].flatMap((name) => mapOf(name)?.tiledJson ?? []);
}

/** Undefined for a world that no form holds, such as one with an object where a number belongs. */
function formOf(leg: Leg): LegForm | undefined {
  const { map, rules, hash, ids, threw } = leg;
  const tame = tamed({ rules, world: nameless(worldIn(leg)) });
  if (!tame) return undefined;
  const { start, odd } = tame;
  return {
    ...{ map, mapSha256: mapOf(map)?.sha256 ?? "", hash, start, odd, ids: [...ids], threw },
    commands: Buffer.from(leg.commands).toString("base64"),
    answers: Buffer.from(leg.answers).toString("base64"),
    hashes: [...leg.hashes],
  };
}

const StartForm = LegForm.shape.start;
type Start = z.infer<typeof StartForm>;

const nameless = (world: GameSnapshot): GameSnapshot => ({
  ...world,
  drones: world.drones.map(([id, drone]) => [id, { ...drone, name: "" }]),
});

/** Sets 0 for each number that the form refuses, and says where. Undefined if the form refuses anything else. */
function tamed(start: Start): { start: Start; odd: LegForm["odd"] } | undefined {
  const issues = StartForm.safeParse(start).error?.issues ?? [];
  const odd: LegForm["odd"] = [];
  if (issues.length === 0) return { start, odd };
  const copy = structuredClone(start);
  for (const { path } of issues) {
    const steps = path as (string | number)[];
    const value = at(start, steps);
    if (typeof value !== "number") return undefined;
    odd.push([steps, String(value)]);
    put(copy, steps, 0);
  }
  return StartForm.safeParse(copy).success ? { start: copy, odd } : undefined;
}

/** The start of a leg with its odd numbers. */
export function startOf({ start, odd }: Pick<LegForm, "start" | "odd">): Start {
  if (odd.length === 0) return start;
  const copy = structuredClone(start);
  for (const [path, text] of odd) if (typeof at(copy, path) === "number") put(copy, path, Number(text));
  return copy;
}

type Path = readonly (string | number)[];

const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key)
        : undefined,
    root,
  );

function put(root: object, path: Path, value: number): void {
  const holder = at(root, path.slice(0, -1));
  if (typeof holder === "object" && holder !== null) Reflect.set(holder, path.at(-1) ?? "", value);
}

const unpack = promisify(gunzip);

/** Rejects with an IncidentError. */
export async function readIncident(file: Uint8Array): Promise<Incident> {
  const json = await unpack(file, { maxOutputLength: UNPACKED_MAX_BYTES }).catch(() => {
    throw new IncidentError("the file is damaged, or no incident: it cannot be unpacked");
  });
  const raw = parseJson(json.toString());
  const format = z.object({ format: z.int() }).safeParse(raw).data?.format;
  if (format === undefined) throw new IncidentError("the file is no incident");
  if (format > INCIDENT_FORMAT)
    throw new IncidentError(
      `the incident is of a newer version (${format}); this one reads ${INCIDENT_FORMAT}`,
    );
  const parsed = Incident.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new IncidentError(`the incident is damaged at ${issue?.path.join(".")}: ${issue?.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IncidentError("the file is no incident: it holds no JSON");
  }
}
