/** Rows as Redis holds them: "MACHINE\nJSON", so that scripts find the machine without parsing. */
import { isListed, isOpen, openRank, type RoomRow } from "#server/admission/directory.ts";
import { INDICES, KEY } from "./keys.ts";

export interface FleetRow {
  /** The id of the machine that has the room. */
  readonly machine: string;
  readonly row: RoomRow;
}

/** `publicAddress`: where the machine is reached. */
export const textOf = (machine: string, row: RoomRow, publicAddress: string): string =>
  `${machine}\n${JSON.stringify({ ...row, publicAddress })}`;

export function rowIn(text: string): FleetRow {
  const end = text.indexOf("\n");
  const { createdAt, ...row } = JSON.parse(text.slice(end + 1)) as RoomRow & { createdAt?: string };
  return {
    machine: text.slice(0, end),
    row: createdAt === undefined ? row : { ...row, createdAt: new Date(createdAt) },
  };
}

/** The scores of a room in INDICES; "" where it does not belong. */
export function scoresOf(row: RoomRow): string[] {
  const scores = new Map<string, number>();
  if (isListed(row)) scores.set(KEY.listed, row.clients);
  if (isOpen(row)) {
    scores.set(KEY.open(undefined), openRank(row));
    scores.set(KEY.open(row.metadata?.mode), openRank(row));
  }
  return INDICES.map((key) => String(scores.get(key) ?? ""));
}
