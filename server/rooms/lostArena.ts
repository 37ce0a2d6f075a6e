/** A room whose arena is gone, such as one that a moderator has removed while the server was down, goes on without its match. */
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { isBrought } from "#shared/arena/limits.ts";
import { isPlayable, playable } from "./settings.ts";

/** Whether this server cannot go on with the match, because somebody had brought its arena. */
export const isArenaLost = ({ world: { state } }: RoomSnapshot): boolean =>
  isBrought(state.map) && !isPlayable(state);

/** The same room with the same people, before the first match on a map that there is. A hosted one waits for its host. */
export function withoutMatch(snapshot: RoomSnapshot): RoomSnapshot {
  const { hosted, world } = snapshot;
  const settings = playable(snapshot.settings);
  const { map, mode } = settings;
  return {
    ...{ ...snapshot, settings, votes: [], match: null, recording: null },
    world: {
      ...world,
      state: {
        ...{ ...world.state, map, mode, held: hosted, paused: false, screening: "" },
        ...{ phase: "waiting", phaseEndsTick: world.state.tick, scoreA: 0, scoreB: 0 },
      },
      ...{ projectiles: [], pickups: [], flags: [], awards: [], candidates: [], stats: [] },
      hill: { x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 },
      ...{ pickupDueTicks: [], carriedAt: [], hillIndex: 0, hillStep: 0, hillTicks: 0 },
    },
  };
}
