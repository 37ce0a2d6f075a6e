/**
 * Packs what a match's page shows into about 400 bytes for 8 players, so that a million matches fit into a small file:
 * columns of numbers as JSON, deflated with a preset dictionary (RFC 1951, zlib's deflateSetDictionary).
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { WeaponStats } from "#shared/sim/world.ts";
import type { WeaponName } from "#shared/tuning.ts";
import type { MatchPlayer, MatchResult } from "./matchResult.ts";

/** A player without identity and network, which must not be kept, and without feats, which only medals are judged by. */
export type DetailedPlayer = Omit<MatchPlayer, "identity" | "network" | "feats">;

/** The part of a result that the columns of the table `match` do not hold. */
export interface MatchDetails extends Pick<MatchResult, "protocol" | "rules" | "how" | "teamScores"> {
  /** In the order of the result: the index is matchPlayer's `seat`. */
  players: DetailedPlayer[];
}

/** The first byte. A new layout or dictionary takes the next number; those before stay readable. */
const VERSION = 1;

/** Frozen: packed details can be read only with this dictionary. The most frequent texts stand last, where distances are short. */
const DICTIONARY = Buffer.from(
  '"calledOff""draw""scoreLimit""banned","kicked","idle","spectates","left",null,"accuracy","carries","streak","kills",' +
    '"Bot 1","Bot 2","Bot 3","Guest ",100,90,80,70,60,50,40,30,25,20,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,' +
    "[1,1,1,1,2,2,2,2],[1,2,3,4,5,6,7,8],[0,1,0,1,0,1,0,1],[0,1,2,3,4,5,6,7],[3000,3000,3000," +
    '[0,0,0,0,0,0,0,0],[null,null,null,null,null,null,null,null],[[],[],[],[],[],[],[],[]],"mortar","scatter","rail",' +
    '{"blaster":[300,0],"timeLimit",null,["',
);
/** Bounds what a damaged row can unpack to; 1,000 players of all weapons take less. */
const UNPACKED_MAX_BYTES = 1_000_000;

/** Times are kept in tenths of a second. */
const tenths = (sec: number) => Math.round(sec * 10);

/** The columns, in the order of the packed layout. */
const NUMBERS = [
  "team",
  "place",
  "score",
  "kills",
  "deaths",
  "assists",
  "damage",
  "flags",
  "longestStreak",
] as const satisfies (keyof DetailedPlayer)[];
const TALLIES = ["shots", "hits", "kills", "damage"] as const satisfies (keyof WeaponStats)[];
const NO_TALLY: WeaponStats = { shots: 0, hits: 0, kills: 0, damage: 0 };

type LeftWhy = NonNullable<MatchPlayer["left"]>["why"];

type Packed = [
  rules: [timeLimitSec: number, scoreLimit: number, friendlyFire: 0 | 1],
  how: MatchResult["how"],
  teamScores: MatchResult["teamScores"],
  names: string[],
  isBot: (0 | 1)[],
  left: ([why: LeftWhy, afterTenths: number] | null)[],
  medals: string[][],
  hillTenths: number[],
  playedTenths: number[],
  numbers: number[][],
  weapons: Record<string, number[][]>,
  protocol: number,
];

export function packDetails({ protocol, rules, how, teamScores, players }: MatchResult): Uint8Array {
  const packed: Packed = [
    [rules.timeLimitSec, rules.scoreLimit, rules.friendlyFire ? 1 : 0],
    how,
    teamScores,
    players.map(({ name }) => name),
    players.map(({ isBot }) => (isBot ? 1 : 0)),
    players.map(({ left }) => left && [left.why, tenths(left.afterSec)]),
    players.map(({ medals }) => medals),
    players.map(({ hillSec }) => tenths(hillSec)),
    players.map(({ playedSec }) => tenths(playedSec)),
    NUMBERS.map((field) => players.map((player) => player[field])),
    packWeapons(players),
    protocol,
  ];
  return deflated(packed);
}

function deflated(packed: Packed): Uint8Array {
  const bytes = deflateRawSync(JSON.stringify(packed), { dictionary: DICTIONARY, level: 9 });
  return Buffer.concat([Buffer.of(VERSION), bytes]);
}

/** The same details with empty names at these seats. Throws as readDetails. */
export function withoutNames(bytes: Uint8Array, seats: readonly number[]): Uint8Array {
  const [rules, how, teamScores, names, ...rest] = inflated(bytes);
  const left = names.map((name, seat) => (seats.includes(seat) ? "" : name));
  return deflated([rules, how, teamScores, left, ...rest]);
}

/** Weapons that somebody used: a column for each tally. */
function packWeapons(players: readonly DetailedPlayer[]): Record<string, number[][]> {
  const used = new Set(players.flatMap(({ weapons }) => Object.keys(weapons) as WeaponName[]));
  return Object.fromEntries(
    [...used].map((weapon) => [
      weapon,
      TALLIES.map((tally) => players.map(({ weapons }) => (weapons[weapon] ?? NO_TALLY)[tally])),
    ]),
  );
}

function inflated(bytes: Uint8Array): Packed {
  if (bytes[0] !== VERSION) throw new Error(`details of a match in an unknown layout: ${bytes[0]}`);
  const text = inflateRawSync(bytes.subarray(1), {
    dictionary: DICTIONARY,
    maxOutputLength: UNPACKED_MAX_BYTES,
  }).toString();
  return JSON.parse(text) as Packed;
}

/** Throws an Error if the bytes are not those of packDetails, of this version or one before. */
export function readDetails(bytes: Uint8Array): MatchDetails {
  const packed = inflated(bytes);
  const [[timeLimitSec, scoreLimit, friendlyFire], how, teamScores, names, ...columns] = packed;
  const protocol = packed[11];
  const rules = { timeLimitSec, scoreLimit, friendlyFire: friendlyFire === 1 };
  return {
    protocol,
    rules,
    how,
    teamScores,
    players: names.map((name, seat) => readPlayer(name, seat, columns)),
  };
}

type Columns = Packed extends [unknown, unknown, unknown, unknown, ...infer Rest] ? Rest : never;

function readPlayer(
  name: string,
  seat: number,
  [isBot, left, medals, hill, played, numbers, weapons]: Columns,
): DetailedPlayer {
  const [
    team = 0,
    place = 1,
    score = 0,
    kills = 0,
    deaths = 0,
    assists = 0,
    damage = 0,
    flags = 0,
    streak = 0,
  ] = numbers.map((column) => column[seat]);
  return {
    name,
    isBot: isBot[seat] === 1,
    ...{ team, place, score, kills, deaths, assists, damage, flags, longestStreak: streak },
    hillSec: (hill[seat] ?? 0) / 10,
    playedSec: (played[seat] ?? 0) / 10,
    weapons: readWeapons(seat, weapons),
    medals: medals[seat] ?? [],
    left: readLeft(left[seat] ?? null),
  };
}

const readLeft = (left: Columns[1][number]): DetailedPlayer["left"] =>
  left && { why: left[0], afterSec: left[1] / 10 };

/** Leaves out weapons that the player never fired. */
function readWeapons(seat: number, packed: Record<string, number[][]>): DetailedPlayer["weapons"] {
  const weapons: DetailedPlayer["weapons"] = {};
  for (const [weapon, columns] of Object.entries(packed)) {
    const [shots = 0, hits = 0, kills = 0, damage = 0] = columns.map((column) => column[seat]);
    if (shots + hits + kills + damage > 0) weapons[weapon as WeaponName] = { shots, hits, kills, damage };
  }
  return weapons;
}
