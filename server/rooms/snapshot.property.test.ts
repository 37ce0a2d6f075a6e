/** Random rooms, without a server: a snapshot through JSON loses nothing, and damaged JSON is refused, never thrown on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { forgetSeat, keepSeatFor } from "#server/admission/seatOwners.ts";
import { arenaOf } from "#server/arenas.ts";
import { createEncoder, skipRefIds } from "#server/colyseus/refIds.ts";
import { PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { callOff } from "#shared/modes/match.ts";
import { statsOf } from "#shared/modes/stats.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { RoomSettings, rulesUnder } from "#shared/protocol/roomSettings.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { RANK } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { RoomContext } from "./context.ts";
import { createContext } from "./createContext.ts";
import type { FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { addToRoster, botsWanted, freeSeat, takeSeat } from "./seats.ts";
import { publicSettings } from "./settings.ts";
import { freeTeam } from "./sides.ts";
import { optionsOf, restoreSnapshot, takeSnapshot } from "./snapshot.ts";
import { Outbox } from "./sync/outbox.ts";
import { History } from "./tick/history.ts";
import { RoundTrips } from "./tick/roundTrips.ts";

const RUNS = 60;
const FIRST = publicSettings();

interface Bench {
  readonly room: FaultTolerantRoom;
  readonly context: RoomContext;
}

/** A room's parts without Colyseus. */
function benchRoom(options: JoinOptions, nextRefId = 0): Bench {
  const room = {
    roomId: "BCDFG",
    clock: { elapsedTime: 0, setTimeout: () => ({ clear() {} }) },
    clients: [],
    notify() {},
  } as unknown as FaultTolerantRoom;
  const world = createWorld(arenaOf(FIRST.map), 1, rulesUnder(FIRST));
  createEncoder(world.state);
  skipRefIds(world.state, nextRefId);
  const context = createContext(
    {
      ...{ room, world, views: new WeakMap(), outbox: new Outbox(), recorders: [], happened() {} },
      inputs: { get: () => ({ size: 0, next: () => undefined }) },
      history: new History(REWIND_MAX_MS + PATCH_MS, PATCH_MS),
      roundTrips: new RoundTrips(),
    },
    options,
  );
  return { room, context };
}

const seats = ["ann", "ben", "cleo", "dan", "eve"] as const;
const seat = fc.constantFrom(...seats);
const points = fc.record({ deathmatch: fc.integer({ min: 0, max: 5000 }) }, { requiredKeys: [] });

const action = fc.oneof(
  fc.record({
    do: fc.constant("join" as const),
    seat,
    name: fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
    identity: fc.option(fc.uuid(), { nil: undefined }),
    network: fc.ipV4(),
    spectate: fc.boolean(),
    isAccount: fc.boolean(),
    points,
  }),
  fc.record({ do: fc.constant("leave" as const), seat }),
  fc.record({ do: fc.constant("say" as const), seat, text: fc.string({ minLength: 1, unit: "grapheme" }) }),
  fc.record({ do: fc.constant("ban" as const), seat }),
  fc.record({ do: fc.constant("mute" as const), seat }),
  fc.record({ do: fc.constant("cohost" as const), seat }),
  fc.record({ do: fc.constant("drop" as const), seat }),
  fc.record({ do: fc.constant("vote" as const), seat }),
  fc.record({ do: fc.constant("play" as const), ticks: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ do: fc.constant("start" as const) }),
  fc.record({ do: fc.constant("pause" as const) }),
  fc.record({ do: fc.constant("callOff" as const) }),
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

function leave({ context }: Bench, id: string): void {
  const { people, record, roomTick, flow, world, succession } = context;
  if (!people.personIn(id)) return;
  record.left(id, "left");
  roomTick.removePlayer(id);
  flow.vote.forget(id);
  people.left(id);
  freeSeat(world.state, id);
  succession.left(id);
}

function join({ context }: Bench, asked: Action & { do: "join" }): void {
  const { people, record, roomTick, world, succession, chat } = context;
  const { seat: id, name, identity, network, spectate, isAccount } = asked;
  if (people.personIn(id)) return;
  const visitor = { identity, network, isExempt: false, entrant: { name, isAccount, points: asked.points } };
  people.joined(id, visitor);
  keepSeatFor(id, `token of ${id}`, identity);
  chat.enter(id, visitor);
  if (spectate) addToRoster(world.state, { id, name, bot: false });
  else {
    takeSeat(world, { id, name, bot: false, isAccount }, freeTeam(world));
    roomTick.addPlayer(id);
    record.entered(id);
  }
  succession.entered(id);
}

function play({ context }: Bench, ticks: number): void {
  const { roomTick, record, flow, bots, settings, world } = context;
  bots.fill(botsWanted(world, settings.now, bots.count));
  for (let tick = 0; tick < ticks; tick++) {
    const events = roomTick.step();
    record.follow(events);
    flow.follow(events);
  }
}

const HANDLERS: { [Do in Action["do"]]: (bench: Bench, asked: Action & { do: Do }) => void } = {
  join,
  leave: (bench, asked) => leave(bench, asked.seat),
  play: (bench, asked) => play(bench, asked.ticks),
  say: ({ context }, asked) => void context.chat.say([], asked.seat, { scope: "all", text: asked.text }),
  ban({ context: { bans, people } }, asked) {
    const person = people.personIn(asked.seat);
    if (person) bans.ban(person, seats);
  },
  mute: ({ context }, asked) => context.people.mute(asked.seat, true),
  cohost({ context }, asked) {
    const theirs = context.world.state.roster.get(asked.seat);
    if (theirs) theirs.rank = RANK.cohost;
  },
  drop({ context: { world, succession } }, asked) {
    const theirs = world.state.roster.get(asked.seat);
    if (theirs) theirs.connected = false;
    succession.dropped(asked.seat);
  },
  vote({ context }, asked) {
    if (context.world.state.drones.get(asked.seat)) context.flow.vote.cast(asked.seat, 0);
  },
  start({ context: { world } }) {
    world.state.held = false;
  },
  pause({ context: { world } }) {
    world.state.paused = !world.state.paused;
  },
  callOff({ context: { world, record, flow } }) {
    const events: SimEvent[] = [];
    callOff(world, events);
    record.follow(events);
    flow.follow(events);
  },
};

/** The compiler does not see that the handler is the action's. */
function act(bench: Bench, asked: Action): void {
  const handle = Reflect.get(HANDLERS, asked.do) as (bench: Bench, asked: Action) => void;
  handle(bench, asked);
}

/** All but what says when the snapshot was made, and the random stream, of which the new brains of bots take. */
const timeless = (snapshot: RoomSnapshot) =>
  JSON.parse(
    JSON.stringify({
      ...snapshot,
      takenAtMs: 0,
      elapsedMs: 0,
      world: { ...snapshot.world, nextRefId: 0, random: null },
    }),
  );

const room = fc.record({
  hosted: fc.boolean(),
  mode: fc.constantFrom(...MODE_NAMES),
  bots: fc.integer({ min: 0, max: 4 }),
  vote: fc.boolean(),
  password: fc.string({ maxLength: 20 }),
  actions: fc.array(action, { maxLength: 30 }),
});
type RandomRoom = typeof room extends fc.Arbitrary<infer Value> ? Value : never;

const MAP = {
  deathmatch: "foundry",
  teamDeathmatch: "foundry",
  captureTheFlag: "causeway",
  kingOfTheHill: "causeway",
};

function playedRoom({ hosted, mode, bots, vote, password, actions }: RandomRoom): RoomSnapshot {
  for (const id of seats) forgetSeat(id);
  const settings = RoomSettings.parse({ mode, map: MAP[mode], bots, vote, players: 8 });
  const options = { ...JoinOptions.parse({}), private: hosted, mode, ...(hosted && { password, settings }) };
  const bench = benchRoom(options);
  for (const asked of actions) act(bench, asked);
  return takeSnapshot(bench.room, bench.context);
}

describe("a snapshot", () => {
  test("[SNAP-20] through JSON, restored, and taken again is the same", () => {
    const seen = { live: 0, results: 0, people: 0, lines: 0, bans: 0 };
    fc.assert(
      fc.property(room, (random) => {
        const taken = playedRoom(random);
        const parsed = parseSnapshot(JSON.stringify(taken));
        if (!parsed)
          throw new Error(RoomSnapshot.safeParse(JSON.parse(JSON.stringify(taken))).error?.message);
        const { room, context } = benchRoom(optionsOf(parsed), parsed.world.nextRefId);
        restoreSnapshot(context, parsed);
        expect(timeless(takeSnapshot(room, context))).toEqual(timeless(taken));
        if (taken.world.state.phase === "live") seen.live++;
        if (taken.world.state.phase === "results") seen.results++;
        seen.people += taken.people.length;
        seen.lines += taken.chat.length;
        seen.bans += taken.bans.banned.length;
      }),
      { numRuns: RUNS, seed: 15 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  test("[SNAP-143] of the version before careers is read: what it does not have begins anew", () => {
    const played = benchRoom({ ...JoinOptions.parse({}), private: true });
    const ann = { seat: "ann", name: "Ann", identity: undefined, network: "192.0.2.1" } as const;
    act(played, { do: "join", ...ann, spectate: false, isAccount: false, points: {} } as const);
    statsOf(played.context.world, "ann").kills = 3;
    const old = JSON.parse(JSON.stringify(takeSnapshot(played.room, played.context)));
    delete old.botSkills;
    const { roster, stats } = old.world;
    expect([roster.length > 0, stats.length > 0]).toEqual([true, true]);
    for (const [, seat] of roster)
      for (const field of ["kills", "deaths", "assists", "objective", "pingMs", "level", "look"])
        delete seat[field];
    for (const [, tally] of stats)
      for (const field of ["feats", "destroyedBy", "lastKillTick", "series"]) delete tally[field];
    const parsed = parseSnapshot(JSON.stringify(old));
    if (!parsed) throw new Error(RoomSnapshot.safeParse(old).error?.message);
    const { context } = benchRoom(optionsOf(parsed), parsed.world.nextRefId);
    restoreSnapshot(context, parsed);
    expect(context.world.state.roster.get("ann")).toMatchObject({ kills: 0, level: 0, look: 0 });
    expect(context.world.stats.get("ann")).toMatchObject({ kills: 3, feats: {}, series: 0 });
  });

  test("[SNAP-21] damaged anywhere is refused or read, and nothing is thrown", () => {
    const text = JSON.stringify(
      playedRoom({ ...fc.sample(room, { seed: 3, numRuns: 1 })[0], hosted: true } as RandomRoom),
    );
    const paths = pathsIn(JSON.parse(text));
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1.5, "", [], {}, 1e300));
    fc.assert(
      fc.property(fc.nat(paths.length - 1), junk, (at, value) => {
        const damaged = JSON.parse(text);
        setAt(damaged, paths[at] ?? [], value);
        parseSnapshot(JSON.stringify(damaged));
      }),
      { numRuns: 2_000, seed: 15 },
    );
    fc.assert(
      fc.property(fc.nat(text.length), (end) => {
        expect(parseSnapshot(text.slice(0, end)) === undefined).toBe(end < text.length);
      }),
      { numRuns: 200, seed: 15 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => parseSnapshot(JSON.stringify(value)) === undefined),
      { numRuns: 200, seed: 15 },
    );
    expect(parseSnapshot(text)).toBeDefined();
  });
});

describe("bots of a restored room", () => {
  test("[SNAP-142] play on the match's map, whatever map comes next", () => {
    const settings = RoomSettings.parse({ map: "foundry", bots: 4, players: 8 });
    const played = benchRoom({ ...JoinOptions.parse({}), private: true, settings });
    const ann = { seat: "ann", name: "Ann", identity: undefined, network: "192.0.2.1" } as const;
    const joinAnn = { do: "join", ...ann, spectate: false, isAccount: false, points: {} } as const;
    act(played, joinAnn);
    act(played, { do: "start" });
    play(played, 90);
    const taken = takeSnapshot(played.room, played.context);
    /** Where all are after 20 s, with the same random numbers each time. */
    const placesAfter = (next: string) => {
      const snapshot = { ...taken, settings: { ...taken.settings, map: next } };
      const restored = benchRoom(optionsOf(snapshot), snapshot.world.nextRefId);
      Object.assign(restored.context.world, { random: seededRandom(7) });
      restoreSnapshot(restored.context, snapshot);
      restored.context.roomTick.addPlayer("ann");
      const { state } = restored.context.world;
      const seat = state.roster.get("ann");
      if (seat) seat.connected = true;
      play(restored, 600);
      return Array.from(state.drones.entries(), ([id, { x, y }]) => [id, x, y]);
    };
    const expected = placesAfter("foundry");
    expect(expected).toHaveLength(5);
    expect(placesAfter("orchard")).toEqual(expected);
  });
});

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsIn(inner, [...path, key])]);
}

function setAt(root: object, path: Path, value: unknown): void {
  const holder = path.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), root);
  Reflect.set(holder, path.at(-1) ?? "", value);
}

/** Undefined for text that is no snapshot of this version. Never throws. */
function parseSnapshot(json: string): RoomSnapshot | undefined {
  try {
    return RoomSnapshot.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
