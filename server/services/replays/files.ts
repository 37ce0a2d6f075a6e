/** The files of the replays' folder: `ID.replay`, `ID.part` while it is written, and `ID.pin` beside one that stays. */
import { join } from "node:path";

const UUID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const FILE = /^([\da-f-]{36})\.(replay|part|pin)$/;

/** Whether a text from outside may become a file's name. */
export const isReplayId = (id: string): boolean => UUID.test(id);

export const replayPath = (folder: string, id: string): string => join(folder, `${id}.replay`);
export const partPath = (folder: string, id: string): string => join(folder, `${id}.part`);
export const pinPath = (folder: string, id: string): string => join(folder, `${id}.pin`);

/** Undefined for a file that is none of these. */
export function readFileName(name: string): { id: string; is: "replay" | "part" | "pin" } | undefined {
  const [, id = "", is] = FILE.exec(name) ?? [];
  return isReplayId(id) ? { id, is: is as "replay" | "part" | "pin" } : undefined;
}
