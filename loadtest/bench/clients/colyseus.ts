/** A light client of the tutorial's server: sends commands as messages, and finds its own aim in the patches. */
import { Decoder } from "@colyseus/schema";
import { TUTORIAL_ROOM } from "#loadtest/bench/servers/names.ts";
import { FightState } from "#loadtest/bench/wires/tutorialState.ts";
import { isAlive } from "#shared/sim/world.ts";
import { CODE, type ColyseusSeat, isCode, takeColyseusSeat } from "./colyseusSeat.ts";
import type { OpenLine } from "./line.ts";
import { aimIn, packCommandMessage, refIdOf } from "./tutorialWire.ts";

export const openColyseus: OpenLine = async ({ port, name, kind, script }) => {
  const seat = await takeColyseusSeat({ port, room: TUTORIAL_ROOM, name });
  const aimShown = kind === "field" ? fieldReader(seat) : fightReader(seat);
  return {
    socket: seat.socket,
    pack: packCommandMessage,
    isPatch: (frame) => isCode(frame, CODE.patch),
    commandIn(patch) {
      const aim = aimShown(patch);
      return aim === undefined ? undefined : script.commandShownBy(aim);
    },
  };
};

type AimReader = (patch: Buffer) => number | undefined;

function fieldReader({ state, sessionId }: ColyseusSeat): AimReader {
  const refId = refIdOf(state, sessionId);
  return (patch) => aimIn(patch, refId);
}

/** Shots and pickups come and go in a patch, so it takes the real decoder; the state of a small room is small. */
function fightReader({ state, sessionId }: ColyseusSeat): AimReader {
  const shown = new FightState();
  const decoder = new Decoder(shown);
  decoder.decode(state, { offset: 1 });
  return (patch) => {
    decoder.decode(patch, { offset: 1 });
    const player = shown.players.get(sessionId);
    return player && isAlive(player) ? player.aim : undefined;
  };
}
