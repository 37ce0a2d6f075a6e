/** Host actions on the match that is on. */

import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { callOff } from "#shared/modes/match.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { ActionOf } from "./hostActions.ts";

type Did = Extract<Notice, { type: "match" }>["did"];

export function startMatch(parts: RoomContext, _action: ActionOf<"start">, by: string): Answer {
  const { state } = parts.world;
  if (state.paused) {
    state.paused = false;
    return told(parts, by, "resume");
  }
  if (!state.held) return refused("notNow");
  state.held = false;
  // Nobody waits for the rest of the results.
  if (state.phase === "results") state.phaseEndsTick = state.tick;
  return told(parts, by, "start");
}

export function pauseMatch(parts: RoomContext, _action: ActionOf<"pause">, by: string): Answer {
  const { state } = parts.world;
  const isOn = state.phase === "live" || state.phase === "countdown";
  if (state.paused || !isOn) return refused("notNow");
  state.paused = true;
  return told(parts, by, "pause");
}

export function endMatch(parts: RoomContext, _action: ActionOf<"end">, by: string): Answer {
  const { state } = parts.world;
  const events: SimEvent[] = [];
  if (!callOff(parts.world, events)) return refused("notNow");
  state.paused = false;
  state.held = true;
  parts.happened(events);
  return told(parts, by, "end");
}

export function restartMatch(parts: RoomContext, _action: ActionOf<"restart">, by: string): Answer {
  const { state } = parts.world;
  if (state.phase === "waiting") return refused("notNow");
  state.paused = false;
  state.held = false;
  parts.flow.setUp();
  parts.visibility.reset();
  return told(parts, by, "restart");
}

function told({ notify, world }: RoomContext, by: string, did: Did): Answer {
  notify({ type: "match", by: world.state.roster.get(by)?.name ?? "", did });
  return OK;
}
