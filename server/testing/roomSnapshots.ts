/** A snapshot of an empty room, for tests of what keeps and reopens snapshots. */
import { type RoomSnapshot, SNAPSHOT_VERSION } from "#server/admission/roomSnapshot.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

export const roomSnapshotOf = (code: string, password = ""): RoomSnapshot => {
  const bans = { salt: "", banned: [], networks: [] };
  return {
    ...{ version: SNAPSHOT_VERSION, code, hosted: true, protocol: 1, takenAtMs: 1, elapsedMs: 1 },
    settings: RoomSettings.parse({ players: 8, bots: 0, vote: false }),
    password,
    ...{
      people: [],
      bans,
      mutes: bans,
      chat: [],
      standIn: null,
      votes: [],
      followed: [],
      botsCreated: 0,
      botSkills: [],
    },
    match: null,
    recording: null,
    world: {
      state: {
        ...{ tick: 0, mode: "deathmatch", phase: "waiting", phaseEndsTick: 0, scoreA: 0, scoreB: 0 },
        ...{ map: "foundry", held: true, paused: false, locked: false, screening: "" },
      },
      ...{ drones: [], projectiles: [], random: null, roster: [], nextRefId: 0, pickups: [], flags: [] },
      hill: { x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 },
      ...{ awards: [], candidates: [], lastProjectileId: 0, pickupDueTicks: [], carriedAt: [] },
      ...{ hillIndex: 0, hillStep: 1, hillTicks: 0, stats: [] },
    },
  } as RoomSnapshot;
};
