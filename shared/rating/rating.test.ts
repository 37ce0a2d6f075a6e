/** Ratings: properties that hold whatever the match, and the terms on which one is rated. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Rated, rateMatch } from "./rating.ts";
import { bucketOf, NEWCOMER, pointsOf, type Skill, softReset } from "./skill.ts";
import { type Terms, whyUnrated } from "./terms.ts";
import { ALL_COUNT } from "./worth.ts";

const skill = fc.record({
  mu: fc.double({ min: -20, max: 70, noNaN: true }),
  sigma: fc.double({ min: 0.5, max: 25 / 3, noNaN: true }),
});
const share = fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true }));
const seat = fc.record({ skill, share, hasLeft: fc.boolean(), network: fc.nat({ max: 5 }) });

/** People for themselves, each with a place; ties are possible. */
const everyone = fc.array(fc.tuple(seat, fc.integer({ min: 1, max: 16 })), { minLength: 2, maxLength: 16 });
const alone = everyone.map((seats) =>
  seats.map(([person, place], team): Rated => ({ ...person, place, team })),
);
/** Two sides of at least one person; `winner` 2 is a tie. */
const sides = fc
  .tuple(
    fc.array(seat, { minLength: 1, maxLength: 8 }),
    fc.array(seat, { minLength: 1, maxLength: 8 }),
    fc.nat({ max: 2 }),
  )
  .map(([one, other, winner]) =>
    [one, other].flatMap((side, team) =>
      side.map((person): Rated => ({ ...person, team, place: winner === 2 || winner === team ? 1 : 2 })),
    ),
  );
const match = fc.oneof(
  alone.map((players) => ({ players, isTeamed: false })),
  sides.map((players) => ({ players, isTeamed: true })),
);

const person = (given: Partial<Rated> = {}): Rated => ({
  skill: NEWCOMER,
  team: 0,
  place: 1,
  share: 1,
  network: null,
  hasLeft: false,
  ...given,
});
/** Of as many networks, by place. */
const newcomers = (count: number, given: Partial<Rated> = {}): Rated[] =>
  Array.from({ length: count }, (_, at) => person({ team: at, place: at + 1, network: at, ...given }));

const rise = (before: Rated, after: Skill | undefined) => (after ? after.mu - before.skill.mu : Number.NaN);

describe("rateMatch", () => {
  test("[RATING-1] the order in which the players are listed changes nothing", () => {
    fc.assert(
      fc.property(match, fc.infiniteStream(fc.nat()), ({ players, isTeamed }, keys) => {
        const order = players
          .map((_, at) => ({ at, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ at }) => at);
        const straight = rateMatch(players, isTeamed);
        const shuffled = rateMatch(
          order.flatMap((at) => players[at] ?? []),
          isTeamed,
        );
        for (const [to, from] of order.entries()) {
          expect(shuffled[to]?.mu).toBeCloseTo(straight[from]?.mu ?? Number.NaN, 8);
          expect(shuffled[to]?.sigma).toBeCloseTo(straight[from]?.sigma ?? Number.NaN, 8);
        }
      }),
    );
  });

  test("[RATING-2] the last of all never gains, the first never loses, in a match of any kind", () => {
    fc.assert(
      fc.property(match, ({ players, isTeamed }) => {
        const after = rateMatch(players, isTeamed);
        const places = players.map(({ place }) => place);
        for (const [at, player] of players.entries()) {
          if (player.place === Math.max(...places) && player.place > Math.min(...places)) {
            if (places.filter((place) => place === player.place).length === 1 || isTeamed)
              expect(rise(player, after[at])).toBeLessThanOrEqual(0);
          }
          if (player.place === Math.min(...places) && player.place < Math.max(...places)) {
            if (places.filter((place) => place === player.place).length === 1 || isTeamed)
              expect(rise(player, after[at])).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  test("[RATING-3] who was not there is not rated, and changes nobody's rating", () => {
    fc.assert(
      fc.property(match, seat, ({ players, isTeamed }, absent) => {
        const ghost: Rated = { ...absent, share: 0, team: 1, place: 1 };
        const after = rateMatch([...players, ghost], isTeamed);
        expect(after.at(-1)).toBe(ghost.skill);
        expect(after.slice(0, -1)).toEqual(rateMatch(players, isTeamed));
      }),
    );
  });

  test("[RATING-4] skills stay finite and uncertain however extreme they were", () => {
    const extreme = fc.record({
      mu: fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constantFrom(0, -0, 1e300)),
      sigma: fc.double({ min: 1e-9, max: 25 / 3, noNaN: true }),
    });
    fc.assert(
      fc.property(match, fc.array(extreme, { minLength: 16, maxLength: 16 }), (drawn, skills) => {
        const players = drawn.players.map((player, at) => ({ ...player, skill: skills[at] ?? NEWCOMER }));
        for (const { mu, sigma } of rateMatch(players, drawn.isTeamed)) {
          expect(Number.isFinite(mu)).toBe(true);
          expect(sigma).toBeGreaterThan(0);
          expect(sigma).toBeLessThanOrEqual(NEWCOMER.sigma);
        }
      }),
    );
  });

  test("[RATING-5] a person with nobody to compare with keeps the rating", () => {
    expect(rateMatch([], false)).toEqual([]);
    expect(rateMatch([person()], false)).toEqual([NEWCOMER]);
    const oneSide = newcomers(4, { team: 1, place: 1 });
    expect(rateMatch(oneSide, true)).toEqual(oneSide.map(({ skill }) => skill));
    const oneNetwork = newcomers(4, { network: 7 });
    expect(rateMatch(oneNetwork, false)).toEqual(oneNetwork.map(({ skill }) => skill));
  });

  test("[RATING-6] half of a match counts half; but a leaver's loss by the root of the time played", () => {
    const change = (at: number, given: Partial<Rated>) => {
      const players = newcomers(2).map((each, index) => (index === at ? { ...each, ...given } : each));
      return rise(person(), rateMatch(players, false)[at]);
    };
    for (const at of [0, 1]) expect(change(at, { share: 0.5 })).toBeCloseTo(change(at, {}) / 2);
    expect(change(1, { share: 0.25, hasLeft: true })).toBeCloseTo(change(1, {}) / 2);
    expect(change(0, { share: 0.25, hasLeft: true })).toBeCloseTo(change(0, {}) / 4);
  });

  test("[RATING-7] a side of fewer gains more by a win, and loses less by a loss", () => {
    const change = (place: number, opponents: number) => {
      const [mates, others] = [
        newcomers(2, { team: 0, place }),
        newcomers(opponents, { team: 1, place: 3 - place }),
      ];
      const players = [...mates, ...others].map((each, at) => ({ ...each, network: at }));
      return rise(person(), rateMatch(players, true)[0]);
    };
    expect(change(1, 3)).toBeGreaterThan(change(1, 2));
    expect(change(2, 3)).toBeGreaterThan(change(2, 2));
    expect(change(2, 2)).toBeCloseTo(-change(1, 2));
  });

  test("[RATING-8] a newcomer shows 1000 points, certainty shows more, and no points are below 0", () => {
    expect(pointsOf(NEWCOMER)).toBe(1000);
    expect(pointsOf({ mu: 25, sigma: 1 })).toBe(1880);
    expect(pointsOf({ mu: -90, sigma: 8 })).toBe(0);
    expect([bucketOf(0), bucketOf(15), bucketOf(16), bucketOf(1000)]).toEqual([0, 0, 1, 62]);
  });
});

describe("what an opponent proves", () => {
  const expert: Skill = { mu: 35, sigma: 1 };

  test("[RATING-9] to beat newcomers, or people of the own network, gives an expert nothing, and to lose takes nothing", () => {
    for (const place of [1, 9]) {
      const guests = newcomers(3, { place: 5 }).map((each, at) => ({ ...each, network: at + 1 }));
      expect(rateMatch([person({ skill: expert, place, network: 9 }), ...guests], false)[0]).toEqual(expert);
      const family = newcomers(3, { place: 5, network: 9, skill: expert });
      expect(rateMatch([person({ skill: expert, place, network: 9 }), ...family], false)[0]).toEqual(expert);
    }
  });

  test("[RATING-10] opponents of one other network change little, of three they count in full", () => {
    const gain = (networks: readonly number[]) => {
      const losers = newcomers(3, { place: 2 }).map((each, at) => ({ ...each, network: networks[at] ?? 0 }));
      return rise(person(), rateMatch([person({ network: 9 }), ...losers], false)[0]);
    };
    expect(gain([1, 1, 1])).toBeCloseTo(gain([1, 2, 3]) / 27);
    expect(gain([1, 1, 2])).toBeCloseTo((gain([1, 2, 3]) * 8) / 27);
  });

  test("[RATING-16] an opponent who is less certain counts less, one who is as certain in full", () => {
    const gain = (sigma: number) => {
      const losers = newcomers(3, { place: 2, skill: { mu: 20 + 3 * sigma, sigma } }).map((each, at) => ({
        ...each,
        network: at,
      }));
      const winner = person({ skill: { mu: 26, sigma: 2 }, network: 9 });
      return [rateMatch([winner, ...losers], false), rateMatch([winner, ...losers], false, ALL_COUNT)].map(
        (after) => rise(winner, after[0]),
      );
    };
    const [equal = 0, equalAll] = gain(2);
    expect(equal).toBeCloseTo(equalAll ?? Number.NaN);
    const [unsure = 0, unsureAll = 0] = gain(6);
    expect(unsure).toBeLessThan(unsureAll);
    expect(unsure).toBeGreaterThan(0);
  });
});

describe("whyUnrated", () => {
  const terms = (given: Partial<Terms> = {}): Terms => ({
    isHosted: false,
    how: "timeLimit",
    durationSec: 120,
    isTeamed: false,
    people: [0, 1, 2, 3].map((at) => ({ team: at % 2, network: at % 2 })),
    ...given,
  });
  const people = (teams: number, networks: number, count = 4) =>
    Array.from({ length: count }, (_, at) => ({ team: at % teams, network: at % networks }));

  test("[RATING-11] rated is a public match of four people, two networks and two minutes that came to an end", () => {
    expect(whyUnrated(terms())).toBeNull();
    expect(whyUnrated(terms({ isHosted: true }))).toBe("hosted");
    expect(whyUnrated(terms({ how: "calledOff" }))).toBe("calledOff");
    expect(whyUnrated(terms({ durationSec: 119.9 }))).toBe("tooShort");
    expect(whyUnrated(terms({ people: people(2, 2, 3) }))).toBe("tooFew");
    expect(whyUnrated(terms({ people: people(2, 1) }))).toBe("oneNetwork");
  });

  test("[RATING-12] in a mode of sides, people must have played on both", () => {
    expect(whyUnrated(terms({ isTeamed: true, people: people(1, 4) }))).toBe("tooFew");
    expect(whyUnrated(terms({ isTeamed: true, people: people(2, 4) }))).toBeNull();
    expect(whyUnrated(terms({ isTeamed: false, people: people(1, 4) }))).toBeNull();
  });

  test("[RATING-13] a person whose network is not known does not make a second network", () => {
    const unknown = people(2, 1).map((each) => ({ ...each, network: null }));
    expect(whyUnrated(terms({ people: unknown }))).toBe("oneNetwork");
  });
});

describe("softReset", () => {
  test("[RATING-14] takes a share of the distance to the mean for each season that passed, and certainty", () => {
    const before: Skill = { mu: 41, sigma: 1 };
    expect(softReset(before, 20264, 20264)).toEqual(before);
    expect(softReset(before, 20264, 20271)).toEqual({ mu: 37, sigma: 4 });
    expect(softReset(before, 20264, 20272)).toEqual({ mu: 34, sigma: 4 });
    expect(softReset({ mu: 25, sigma: 6 }, 20264, 20271)).toEqual({ mu: 25, sigma: 6 });
  });

  test("[RATING-15] keeps the order of two players who are equally certain, over any years", () => {
    fc.assert(
      fc.property(skill, skill, fc.integer({ min: 0, max: 40 }), (one, other, years) => {
        const later = 20264 + years * 10;
        const [a, b] = [softReset(one, 20264, later), softReset(other, 20264, later)];
        expect(Math.sign(a.mu - b.mu) * Math.sign(one.mu - other.mu)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
