/** People who come and go, the rooms that quick play offers them, and the matches they play there. */
import { mean } from "#shared/figures/stats.ts";
import { rateMatch } from "#shared/rating/rating.ts";
import type { Worth } from "#shared/rating/worth.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";
import { play, type Seat } from "./match.ts";
import { count, normal, type Person, personOf, pointsIn, standingOf } from "./people.ts";

interface Room {
  readonly mode: ModeName;
  /** People who begin the match. */
  readonly size: number;
  seats: Seat[];
}

const REGULARS = 300;
const QUITTER_SHARE = 0.05;
const GUEST_SHARE = 0.1;
/** Beginners, rather. */
const GUEST_HIDDEN = -0.5;
const ROOMS_A_MODE = 3;
const BOTS_SHARE = 0.2;
/** Quick play takes an empty room rather than one whose people are so many points away. */
const FAR_POINTS = 250;

export class World {
  readonly random: Random;
  readonly regulars: Person[];
  readonly smurfs: Person[] = [];
  season = 20261;
  matches = 0;
  readonly #worth: Worth;
  #networks = 0;
  readonly #rooms: Room[];
  readonly #seated = new Set<Person>();

  constructor(seed: number, worth: Worth) {
    this.random = seededRandom(seed);
    this.#worth = worth;
    this.regulars = Array.from({ length: REGULARS }, () => this.newRegular());
    this.#rooms = MODE_NAMES.flatMap((mode) =>
      Array.from({ length: ROOMS_A_MODE }, () => this.#emptyRoom(mode)),
    );
  }

  newRegular(): Person {
    const kind = this.random.next() < QUITTER_SHARE ? "quitter" : "steady";
    return personOf(kind, normal(this.random), this.#networks++, this.season);
  }

  beginSeason(season: number): void {
    this.season = season;
  }

  /** Others come in the place of this share of the regulars. */
  replaceRegulars(share: number): void {
    for (const at of this.regulars.keys())
      if (this.random.next() < share) this.regulars[at] = this.newRegular();
  }

  /** A person of this hidden skill, on a new account. */
  addSmurf(hidden: number): void {
    this.smurfs.push(personOf("smurf", hidden, this.#networks++, this.season));
  }

  /** Plays until so many matches have been played in all. */
  playUntil(matches: number): void {
    while (this.matches < matches) this.#arrive();
  }

  #arrive(): void {
    const person = this.#someone();
    if (this.#seated.has(person)) return;
    const mode = MODE_NAMES[pickIndex(this.random, MODE_NAMES.length)] ?? "deathmatch";
    const points = pointsIn(person, mode, this.season);
    const distance = ({ seats }: Room) =>
      seats.length === 0 ? FAR_POINTS : Math.abs(mean(seats.map((seat) => seat.points)) - points);
    const [room] = this.#rooms.filter((each) => each.mode === mode).sort((a, b) => distance(a) - distance(b));
    if (!room) return;
    room.seats.push({ person, points });
    this.#seated.add(person);
    if (room.seats.length === room.size) this.#playIn(room);
  }

  #someone(): Person {
    if (this.random.next() < GUEST_SHARE)
      return personOf("guest", GUEST_HIDDEN + normal(this.random), this.#networks++, this.season);
    const at = pickIndex(this.random, this.regulars.length + this.smurfs.length);
    const person = this.regulars[at] ?? this.smurfs[at - this.regulars.length];
    if (!person) throw new Error("nobody");
    return person;
  }

  #emptyRoom(mode: ModeName): Room {
    return { mode, size: 4 + pickIndex(this.random, 13), seats: [] };
  }

  #playIn(room: Room): void {
    const { mode, seats } = room;
    const isTeamed = mode !== "deathmatch";
    const bots = this.random.next() < BOTS_SHARE ? 1 + pickIndex(this.random, 3) : 0;
    const standings = seats.map(({ person }) => standingOf(person, mode, this.season));
    const endings = play(seats, isTeamed, bots, this.random);
    const rated = endings.flatMap((ending, at) => {
      const standing = standings[at];
      return standing ? [{ ...ending, skill: standing.skill }] : [];
    });
    const after = rateMatch(rated, isTeamed, this.#worth);
    for (const [at, standing] of standings.entries()) count(standing, after[at] ?? standing.skill);
    for (const { person } of seats) this.#seated.delete(person);
    this.#rooms[this.#rooms.indexOf(room)] = this.#emptyRoom(mode);
    this.matches++;
  }
}
