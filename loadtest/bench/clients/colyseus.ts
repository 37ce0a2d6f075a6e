/** A light client of the tutorial's server: sends commands as messages, and finds its own aim in the patches. */
import { TUTORIAL_ROOM } from "#loadtest/bench/servers/names.ts";
import { CODE, isCode, takeColyseusSeat } from "./colyseusSeat.ts";
import type { OpenLine } from "./line.ts";
import { aimIn, packCommandMessage, refIdOf } from "./tutorialWire.ts";

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
