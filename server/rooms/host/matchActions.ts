/** Host actions on the match: start, pause, end, restart. */
import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { callOff } from "#shared/modes/match.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Handlers } from "./handler.ts";

export const MATCH_ACTIONS = {
  start(context, _action, by) {
    const { state } = context.world;
    if (state.paused) {
      state.paused = false;
      return announce(context, by, "resume");
    }
    if (!state.held) return refused("notNow");
    state.held = false;
    // Skip the rest of the results.
    if (state.phase === "results") state.phaseEndsTick = state.tick;
    return announce(context, by, "start");
  },

  pause(context, _action, by) {
    const { state } = context.world;
    const isOn = state.phase === "live" || state.phase === "countdown";
    if (state.paused || !isOn) return refused("notNow");
    state.paused = true;
    return announce(context, by, "pause");
  },

  end(context, _action, by) {
    const { state } = context.world;
    const events: SimEvent[] = [];
    if (!callOff(context.world, events)) return refused("notNow");
    state.paused = false;
    state.held = true;
    context.happened(events);
    return announce(context, by, "end");
  },

  restart(context, _action, by) {
    const { state } = context.world;
    if (state.phase === "waiting") return refused("notNow");
    state.paused = false;
    state.held = false;
    context.flow.setUp();
    context.visibility.reset();
    return announce(context, by, "restart");
  },
} satisfies Partial<Handlers>;

/** Sends everyone in the room a notice of what was done with the match, and by whom. */
function announce(
  { notify, world }: RoomContext,
  by: string,
  did: Extract<Notice, { type: "match" }>["did"],
): Answer {
  notify({ type: "match", by: world.state.roster.get(by)?.name ?? "", did });
  return OK;
}
