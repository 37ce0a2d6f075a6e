/** Tests what a result says of those who took part, on a world without a server. */
import { describe, expect, test } from "vitest";
import type { KnownVisitor } from "#server/admission/joinOptions.ts";
import { enterFight, freeSeat, leaveFight, takeSeat } from "#server/rooms/seats.ts";
import { type MatchPlayer, MatchResult, PLAYERS_MAX } from "#server/store/results/matchResult.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { callOff } from "#shared/modes/match.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import { scoreTeam } from "#shared/modes/score.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { openArena, shootDown } from "#shared/testing/builders.ts";
import type { Leaving } from "./matchOutcome.ts";
import { MatchRecord } from "./matchRecord.ts";

const MATCH_SEC = 20;

const person = (fields: Partial<KnownVisitor> = {}): KnownVisitor => ({
  identity: undefined,
  network: "198.18.0.1",
  isExempt: false,
  entrant: { name: "", isAccount: false, points: {} },
  ...fields,
});

const account = (name: string) => ({ entrant: { name, isAccount: true, points: {} } });

/** A live match of 20 s, whose people come and go as a room's do. */
class Bout {
  readonly world: ArenaWorld;
  readonly record: MatchRecord;
  readonly #people = new Map<string, KnownVisitor>();
  #result: MatchResult | undefined;
  #teams = 0;

  constructor(rules: Partial<Rules> = {}) {
    const asked = { ...rulesOf(rules.mode ?? "deathmatch"), timeLimitTicks: MATCH_SEC * TICKS_PER_SEC };
    this.world = createWorld(openArena(), 1, { ...asked, scoreLimit: 50, ...rules });
    this.record = new MatchRecord(this.world, { personIn: (id) => this.#people.get(id) });
    this.record.begin();
  }

  /** A seat with a drone for a person. `identity`: the seat's own unless given. */
  join(
    id: string,
    { team = this.#nextTeam, ...fields }: Partial<KnownVisitor> & { team?: number } = {},
  ): void {
    this.#people.set(id, person({ identity: `identity of ${id}`, ...fields }));
    takeSeat(this.world, { id, name: id, bot: false }, team);
    this.record.entered(id);
  }

  bot(id: string, team = this.#nextTeam): void {
    takeSeat(this.world, { id, name: id, bot: true }, team);
  }

  leave(id: string, why: Leaving = "left"): void {
    this.record.left(id, why);
    this.#people.delete(id);
    freeSeat(this.world.state, id);
  }

  watch(id: string): void {
    this.record.left(id, "spectates");
    leaveFight(this.world.state, id);
  }

  playAgain(id: string, team = this.#nextTeam): void {
    enterFight(this.world, id, team);
    this.record.entered(id);
  }

  kill(killer: string, victim: string): void {
    this.#follow(shootDown(this.world, killer, victim));
    const drone = this.world.state.drones.get(victim);
    if (drone) Object.assign(drone, { hp: 100, shield: 0 });
  }

  play(sec: number): void {
    for (let tick = 0; tick < Math.round(sec * TICKS_PER_SEC); tick++)
      this.#follow(stepWorld(this.world, new Map(), seenNow));
  }

  callOff(): void {
    const events: SimEvent[] = [];
    callOff(this.world, events);
    this.#follow(events);
  }

  /** Plays on to the end. */
  end(): MatchResult | undefined {
    for (let sec = 0; sec < 200 && !this.#result && this.world.state.phase === "live"; sec++) this.play(1);
    return this.#result && MatchResult.parse(structuredClone(this.#result));
  }

  score(id: string, points: number): void {
    const drone = this.world.state.drones.get(id);
    if (drone) drone.score += points;
  }

  get #nextTeam(): number {
    return this.#teams++;
  }

  #follow(events: readonly SimEvent[]): void {
    this.#result = this.record.follow(events) ?? this.#result;
  }
}

const named = (result: MatchResult | undefined, name: string): MatchPlayer => {
  const found = result?.players.filter((player) => player.name === name) ?? [];
  if (found.length !== 1) throw new Error(`${found.length} players are called "${name}"`);
  return found[0] as MatchPlayer;
};
const places = (result: MatchResult | undefined) =>
  Object.fromEntries(result?.players.map(({ name, place }) => [name, place]) ?? []);

describe("a result", () => {
  test("[RECORD-1] says what was played, by what rules, and what each player did", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.join("Ben");
    bout.kill("Ann", "Ben");
    bout.kill("Ann", "Ben");
    const result = bout.end();
    // By ticks, which took no time here.
    expect((result?.endedAt ?? 0) - (result?.startedAt ?? 0)).toBe(MATCH_SEC * 1000);
    expect(result).toMatchObject({
      arena: "drawn",
      mode: "deathmatch",
      isHosted: false,
      rules: { timeLimitSec: MATCH_SEC, scoreLimit: 50, friendlyFire: false },
      how: "timeLimit",
      teamScores: null,
    });
    expect(named(result, "Ann")).toMatchObject({
      identity: "identity of Ann",
      isBot: false,
      place: 1,
      score: 2,
      kills: 2,
      deaths: 0,
      longestStreak: 2,
      weapons: { blaster: { hits: 2, kills: 2, damage: 2 } },
      medals: ["kills", "streak"],
      playedSec: MATCH_SEC,
      left: null,
    });
    expect(named(result, "Ben")).toMatchObject({ place: 2, score: 0, deaths: 2, medals: [] });
  });

  test("[RECORD-2] counts a player who leaves and comes back as one, whose score goes on", () => {
    const bout = new Bout();
    bout.join("Ann", { identity: "a" });
    bout.join("Ben");
    bout.kill("Ann", "Ben");
    bout.play(5);
    bout.leave("Ann");
    bout.play(5);
    bout.join("Ann's new seat", { identity: "a" });
    expect(bout.world.state.drones.get("Ann's new seat")?.score).toBe(1);
    bout.kill("Ann's new seat", "Ben");
    const result = bout.end();
    expect(result?.players).toHaveLength(2);
    const ann = named(result, "Ann's new seat");
    expect(ann).toMatchObject({ identity: "a", score: 2, kills: 2, left: null, place: 1 });
    expect(ann.playedSec).toBeGreaterThan(13);
    expect(ann.playedSec).toBeLessThan(17);
  });

  test("[RECORD-3] knows a player of an account from another device, and nobody by the lack of an identity", () => {
    const bout = new Bout();
    bout.join("phone", { identity: "p", ...account("Ann") });
    bout.join("guest", { identity: undefined });
    bout.play(2);
    bout.leave("phone");
    bout.leave("guest");
    bout.join("laptop", { identity: "l", ...account("Ann") });
    bout.join("stranger", { identity: undefined });
    const result = bout.end();
    expect(result?.players.map(({ name }) => name).toSorted()).toEqual(["guest", "laptop", "stranger"]);
    expect(named(result, "laptop").identity).toBe("l");
  });

  test.each<Leaving>(["left", "kicked", "banned", "idle", "spectates"])(
    "[RECORD-4] keeps the score of a player who was gone at the end (%s), behind everybody who stayed",
    (why) => {
      const bout = new Bout();
      bout.join("Ann");
      bout.join("Ben");
      bout.bot("Rivet");
      bout.kill("Ann", "Ben");
      bout.play(5);
      if (why === "spectates") bout.watch("Ann");
      else bout.leave("Ann", why);
      const result = bout.end();
      expect(named(result, "Ann")).toMatchObject({
        score: 1,
        kills: 1,
        left: { why },
        place: 3,
      });
      expect(named(result, "Ann").playedSec).toBeCloseTo(5, 0);
      expect(named(result, "Ann").left?.afterSec).toBeCloseTo(5, 0);
      expect(places(result)).toMatchObject({ Ben: 1, Rivet: 1 });
    },
  );

  test("[RECORD-5] adds up a player's turns between which they watched", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.join("Ben");
    bout.kill("Ann", "Ben");
    bout.play(5);
    bout.watch("Ann");
    bout.play(5);
    bout.playAgain("Ann");
    bout.kill("Ann", "Ben");
    expect(named(bout.end(), "Ann")).toMatchObject({ score: 2, kills: 2, left: null });
  });

  test("[RECORD-6] counts what a player's last shot did after they left", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.join("Ben");
    bout.play(2);
    bout.leave("Ann");
    bout.kill("Ann", "Ben");
    expect(named(bout.end(), "Ann")).toMatchObject({ kills: 1, score: 0, left: { why: "left" } });
  });

  test("[RECORD-7] names the bots that were there at the end, and spectators not at all", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.bot("Rivet");
    bout.bot("Gasket");
    bout.play(3);
    freeSeat(bout.world.state, "Gasket");
    const result = bout.end();
    expect(named(result, "Rivet")).toMatchObject({ identity: null, isBot: true, network: null });
    expect(result?.players.map(({ name }) => name).toSorted()).toEqual(["Ann", "Rivet"]);
  });

  test("[RECORD-8] leaves out a player who was there for less than a second", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.play(2);
    bout.join("Flash");
    bout.leave("Flash");
    expect(bout.end()?.players.map(({ name }) => name)).toEqual(["Ann"]);
  });

  test("[RECORD-9] numbers households: two /64 of one /56 are one", () => {
    const bout = new Bout();
    bout.join("Ann", { network: "2001:db8:0:1::/64" });
    bout.join("Ben", { network: "2001:db8:0:2::/64" });
    bout.join("Cat", { network: "2001:db8:1:1::/64" });
    bout.join("Dan", { network: "" });
    const result = bout.end();
    const networks = ["Ann", "Ben", "Cat", "Dan"].map((name) => named(result, name).network);
    expect(networks).toEqual([0, 0, 1, null]);
  });
});

describe("places", () => {
  test("[RECORD-10] are shared by equal scores, and the next place is skipped", () => {
    const bout = new Bout();
    for (const [name, score] of [
      ["Ann", 5],
      ["Ben", 3],
      ["Cat", 3],
      ["Dan", 1],
    ] as const) {
      bout.join(name);
      bout.score(name, score);
    }
    expect(places(bout.end())).toEqual({ Ann: 1, Ben: 2, Cat: 2, Dan: 4 });
  });

  test("[RECORD-11] are those of the sides where there are sides, also for a player who left", () => {
    const bout = new Bout({ mode: "teamDeathmatch", teams: 2 });
    for (const [name, team] of [
      ["Ann", 0],
      ["Ben", 0],
      ["Cat", 1],
      ["Dan", 1],
    ] as const)
      bout.join(name, { team });
    scoreTeam(bout.world, 1, 4);
    bout.score("Ann", 9);
    bout.play(3);
    bout.leave("Dan");
    const result = bout.end();
    expect(result).toMatchObject({ how: "timeLimit", teamScores: [0, 4] });
    expect(places(result)).toEqual({ Ann: 2, Ben: 2, Cat: 1, Dan: 1 });
    expect(result?.players.map(({ team }) => team)).toEqual([1, 1, 0, 0]);
  });

  test("[RECORD-12] are all the first after a draw of two sides, and of two leaders", () => {
    const sides = new Bout({ mode: "teamDeathmatch", teams: 2 });
    sides.join("Ann", { team: 0 });
    sides.join("Ben", { team: 1 });
    const drawn = sides.end();
    expect(drawn).toMatchObject({ how: "draw", teamScores: [0, 0] });
    expect(places(drawn)).toEqual({ Ann: 1, Ben: 1 });
    const alone = new Bout();
    for (const name of ["Ann", "Ben"]) alone.join(name);
    const tied = alone.end();
    expect([tied?.how, places(tied)]).toEqual(["draw", { Ann: 1, Ben: 1 }]);
  });

  test("[RECORD-13] a player who changes to the winners at the last moment stays with the side of most of the match", () => {
    const bout = new Bout({ mode: "teamDeathmatch", teams: 2 });
    bout.join("Ann", { team: 0 });
    bout.join("Ben", { team: 1 });
    scoreTeam(bout.world, 1, 4);
    bout.play(15);
    const drone = bout.world.state.drones.get("Ann");
    if (drone) drone.team = 1;
    expect(named(bout.end(), "Ann")).toMatchObject({ team: 0, place: 2 });
  });

  test("[RECORD-14] without sides every player has a team of their own, although seats are used again", () => {
    const bout = new Bout();
    bout.join("Ann", { team: 0 });
    bout.play(2);
    bout.leave("Ann");
    bout.join("Ben", { team: 0 });
    bout.bot("Rivet", 1);
    const teams = bout.end()?.players.map(({ team }) => team) ?? [];
    expect(new Set(teams).size).toBe(3);
  });
});

describe("a match", () => {
  test("[RECORD-15] that the host called off is kept as that", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.play(3);
    bout.callOff();
    expect(bout.end()).toMatchObject({ how: "calledOff", players: [{ name: "Ann", playedSec: 3 }] });
  });

  test("[RECORD-16] of bots and of people without an identity is not kept", () => {
    const bout = new Bout();
    bout.join("load test", { identity: undefined });
    bout.bot("Rivet");
    bout.kill("load test", "Rivet");
    expect(bout.end()).toBeUndefined();
    expect(bout.world.state.phase).toBe("results");
  });

  test("[RECORD-17] is kept when everybody with an identity has left it", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.bot("Rivet");
    bout.play(4);
    bout.leave("Ann");
    expect(named(bout.end(), "Ann")).toMatchObject({ left: { why: "left" }, place: 2 });
  });

  test("[RECORD-18] begun anew knows nothing of the one before, and has another id", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.join("Ben");
    bout.kill("Ann", "Ben");
    bout.play(3);
    bout.leave("Ben");
    bout.record.begin();
    bout.join("Cat");
    bout.callOff();
    const again = bout.end();
    expect(again?.players.map(({ name }) => name).toSorted()).toEqual(["Ann", "Cat"]);
    const other = new Bout();
    other.join("Ann");
    expect(other.end()?.id).not.toBe(again?.id);
  });

  test("[RECORD-19] is followed between matches without effect", () => {
    const bout = new Bout();
    bout.join("Ann");
    bout.end();
    bout.join("Ben");
    bout.leave("Ben");
    bout.callOff();
    expect(bout.record.follow([])).toBeUndefined();
    expect(bout.world.state.roster.has("Ben")).toBe(false);
  });

  test("[RECORD-20] of more people than a result holds keeps those with an identity", () => {
    const bout = new Bout();
    for (let index = 0; index < PLAYERS_MAX; index++) {
      bout.join(`crowd ${index}`, { identity: undefined, team: index });
    }
    bout.join("Ann");
    bout.play(1);
    const result = bout.end();
    expect(result?.players).toHaveLength(PLAYERS_MAX);
    expect(named(result, "Ann").identity).toBe("identity of Ann");
  });
});
