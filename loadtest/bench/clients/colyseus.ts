/** A light client of the tutorial's server: messages up; of what comes down its own aim is looked for. */
import { TUTORIAL_ROOM } from "#loadtest/bench/rooms.ts";
import { CODE, isCode, takeColyseusSeat } from "./colyseusSeat.ts";
import type { OpenLine } from "./line.ts";
import { packCommandMessage } from "./tutorialMessage.ts";
import { aimIn, refIdOf } from "./tutorialPatch.ts";

export const openColyseus: OpenLine = async ({ port, name, path }) => {
  const { socket, sessionId, state } = await takeColyseusSeat(port, TUTORIAL_ROOM, name);
  const refId = refIdOf(state, sessionId);
  return {
    socket,
    pack: packCommandMessage,
    isPatch: (frame) => isCode(frame, CODE.patch),
    commandIn(patch) {
      const aim = aimIn(patch, refId);
      return aim === undefined ? undefined : path.commandShownBy(aim);
    },
  };
};
