/** What a room is made of, put together: who asks for it, and how it begins. */
import type { Client, Rewind } from "@colyseus/core";
import { arenaOf } from "#server/arenas.ts";
import { sendWholeState } from "#server/edge/colyseusInternals.ts";
import { beginMatch, setUpMatch } from "#shared/modes/match.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { RoomSettings, rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { openBans } from "./bans.ts";
import { Bots } from "./bots.ts";
import { Fight, type Inputs } from "./fight.ts";
import { Hosting } from "./hosting.ts";
import { LagCompensation } from "./lagCompensation.ts";
import { MatchFlow } from "./matchFlow.ts";
import type { ArenaParts } from "./parts.ts";
import { People } from "./people.ts";
import type { RoundTrips } from "./roundTrips.ts";
import type { SteadyRoom } from "./SteadyRoom.ts";
import { demandPlayable, type PublicRules, publicSettings, Settings } from "./settings.ts";
import { Talk } from "./talk.ts";
import { Views } from "./views.ts";

export interface Foundation {
  readonly room: SteadyRoom;
  readonly world: ArenaWorld;
  readonly inputs: Inputs;
  readonly history: Rewind;
  readonly roundTrips: RoundTrips;
  happened(events: readonly SimEvent[]): void;
}

/** A public room's first match is on at once; a hosted one's waits for its host. Throws ServerError (REFUSAL.badSettings). */
export function createArenaParts(
  foundation: Foundation,
  options: JoinOptions,
  rules?: PublicRules,
): ArenaParts {
  const { room, world, inputs, history, roundTrips, happened } = foundation;
  const { state } = world;
  const settings = new Settings(state, settingsFor(options, rules));
  const { now } = settings;
  setUpMatch(world, arenaOf(now.map), rulesUnder(now));
  if (options.private) Object.assign(state, { hosted: true, held: true, password: options.password !== "" });
  else beginMatch(world);
  const bots = new Bots(world);
  bots.train(now.botSkill);
  const lagCompensation = new LagCompensation(history, (id) => roundTrips.of(id));
  const bans = openBans(room.roomId);
  const tell: ArenaParts["tell"] = (notice) => room.tell(notice);
  return {
    ...{ world, settings, bots, bans, tell, happened },
    fight: new Fight({ world, bots, inputs, lagCompensation }),
    flow: new MatchFlow(world, bots, settings),
    hosting: new Hosting(state.roster, room.clock, (name) => tell({ type: "host", name })),
    people: new People(room, bans),
    talk: new Talk(world),
    views: new Views({
      ...{ world, settings },
      nowMs: () => room.clock.elapsedTime,
      sendWholeState: (client: Client) => sendWholeState(room, client),
    }),
    password: options.private ? options.password : "",
  };
}

function settingsFor({ private: hosted, settings, mode }: JoinOptions, rules?: PublicRules): RoomSettings {
  return hosted ? demandPlayable(settings ?? RoomSettings.parse({})) : publicSettings(mode, rules);
}
