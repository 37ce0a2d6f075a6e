/** Recognises Colyseus' error for a room that filled up before the seat was reserved. Only its wording identifies it. */
import { matchMaker } from "@colyseus/core";

const FULL = " is already full.";

export const isRoomFullMessage = (message: string): boolean => message.endsWith(FULL);

/** Makes Colyseus fail to reserve a seat and returns its message. The room's getter throws while Colyseus looks it up. */
async function provokeFullRoom(): Promise<string> {
  let reads = 0;
  const room = {
    get roomId(): string {
      if (reads++ === 0) throw new Error("no seat");
      return "probe";
    },
  };
  try {
    await matchMaker.reserveSeatFor(room as Parameters<typeof matchMaker.reserveSeatFor>[0], {});
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
export const SEAT_ERROR_REACHES: Readonly<Record<string, () => Promise<boolean>>> = {
  'message "… is already full."': async () => isRoomFullMessage(await provokeFullRoom()),
};
