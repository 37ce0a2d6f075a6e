/** Rows as Redis holds them: "MACHINE\nJSON", so that scripts find the machine without parsing. */

import { z } from "zod";
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

/** The fields that lists and quick play read of a row; a machine of another version may have more in it. */
const Row = z.looseObject({
  roomId: z.string(),
  processId: z.string(),
  clients: z.number(),
  createdAt: z.coerce.date().optional(),
  metadata: z
    .looseObject({
      mode: z.string(),
      playersMax: z.number(),
      spectators: z.number(),
      points: z.number().nullable(),
    })
    .optional(),
});

/** Undefined for text that this version cannot read. */
export function rowIn(text: string): FleetRow | undefined {
  const end = text.indexOf("\n");
  try {
    const { data } = Row.safeParse(JSON.parse(text.slice(end + 1)));
    return data && { machine: text.slice(0, end), row: data as unknown as RoomRow };
  } catch {
    return undefined;
  }
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
