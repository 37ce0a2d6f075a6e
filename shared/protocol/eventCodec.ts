/** Packs events for the wire: [index into EVENT_FIELDS, values of its fields in order], numbers rounded to integers. */
import { EMOTE_NAMES, FEAT_NAMES, PING_NAMES } from "#shared/schema/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { WEAPONS } from "#shared/tuning.ts";

type FieldOf<Type extends SimEvent["type"]> = Exclude<keyof Extract<SimEvent, { type: Type }>, "type">;

const EVENT_FIELDS: readonly (readonly [SimEvent["type"], readonly string[]])[] = [
  fieldsOf("hit", ["victim", "shooter", "weapon", "damage", "x", "y"]),
  fieldsOf("kill", ["victim", "killer", "weapon"]),
  fieldsOf("explode", ["drone", "x", "y"]),
  fieldsOf("spawn", ["drone", "x", "y"]),
  fieldsOf("beam", ["shooter", "weapon", "x", "y", "toX", "toY"]),
  fieldsOf("burst", ["shooter", "weapon", "x", "y"]),
  fieldsOf("pickup", ["drone", "kind", "x", "y"]),
  fieldsOf("flag", ["what", "team", "drone"]),
  fieldsOf("hill", ["x", "y"]),
  fieldsOf("match", ["phase"]),
  fieldsOf("feat", ["feat", "drone", "value"]),
  fieldsOf("emote", ["emote", "drone", "x", "y"]),
  fieldsOf("ping", ["ping", "drone", "x", "y"]),
];

/** Names that go over the wire as an index into their list: these come with every hit. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  weapon: Object.keys(WEAPONS),
  feat: FEAT_NAMES,
  emote: EMOTE_NAMES,
  ping: PING_NAMES,
};

/** Index into EVENT_FIELDS. */
const KINDS = new Map(EVENT_FIELDS.map(([type], kind) => [type, kind]));

export type PackedEvent = readonly (string | number)[];

/** Packs one event; `unpackEvents` is the inverse, apart from the rounding. */
export function packEvent(event: SimEvent): PackedEvent {
  const kind = KINDS.get(event.type) ?? -1;
  const values = event as unknown as Record<string, string | number>;
  const packed: (string | number)[] = [kind];
  for (const field of EVENT_FIELDS[kind]?.[1] ?? []) packed.push(onWire(field, values[field]));
  return packed;
}

/** Skips kinds of events that this client does not know. */
export const unpackEvents = (packed: readonly PackedEvent[]): SimEvent[] =>
  packed.map(unpackEvent).filter((event) => event !== undefined);

function unpackEvent([kind, ...values]: PackedEvent): SimEvent | undefined {
  const [type, fields] = EVENT_FIELDS[Number(kind)] ?? [];
  if (!type || !fields) return undefined;
  const named = fields.map((field, index) => [field, offWire(field, values[index])] as const);
  return Object.fromEntries([["type", type], ...named]) as SimEvent;
}

const onWire = (field: string, value: string | number | undefined): string | number =>
  typeof value === "number" ? Math.round(value) : (LISTS[field]?.indexOf(value ?? "") ?? value ?? "");

const offWire = (field: string, value: string | number | undefined) => LISTS[field]?.[Number(value)] ?? value;

/** Lets the compiler check the field names. */
function fieldsOf<Type extends SimEvent["type"]>(type: Type, fields: readonly FieldOf<Type>[]) {
  return [type, fields as readonly string[]] as const;
}
