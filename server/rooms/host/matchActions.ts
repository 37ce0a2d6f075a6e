/** Host actions on the match: start, pause, end, restart. None of them works while the room watches a replay. */
import { refused } from "#server/rooms/context.ts";
import { callOff } from "#shared/modes/match.ts";
import type { HostActionName } from "#shared/protocol/host.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { announce } from "./announce.ts";
import type { Handler, Handlers } from "./handler.ts";

export const MATCH_ACTIONS = {
  start: unlessScreened((context, _action, by) => {
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
  }),

  pause: unlessScreened((context, _action, by) => {
    const { state } = context.world;
    const isOn = state.phase === "live" || state.phase === "countdown";
    if (state.paused || !isOn) return refused("notNow");
    state.paused = true;
    return announce(context, by, "pause");
  }),

  end: unlessScreened((context, _action, by) => {
    const { state } = context.world;
    const events: SimEvent[] = [];
    if (!callOff(context.world, events)) return refused("notNow");
    state.paused = false;
    state.held = true;
    context.happened(events);
    return announce(context, by, "end");
  }),

  restart: unlessScreened((context, _action, by) => {
    const { state } = context.world;
    if (state.phase === "waiting") return refused("notNow");
    state.paused = false;
    state.held = false;
    context.flow.setUp();
    context.visibility.reset();
    return announce(context, by, "restart");
  }),
} satisfies Partial<Handlers>;

function unlessScreened<Name extends HostActionName>(handler: Handler<Name>): Handler<Name> {
  return (context, action, by) =>
    context.world.state.screening ? refused("notNow") : handler(context, action, by);
}
