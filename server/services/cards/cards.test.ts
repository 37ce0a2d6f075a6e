/** Share images: that any content gives one, and that what breaks stays with itself. */
import { readFileSync } from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, describe, expect, test } from "vitest";
import type { MatchPlayerLine, StoredMatch } from "#shared/protocol/progress.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { type Card, CardsBusyError, CardsFailedError, createCards } from "./cards.ts";
import * as colours from "./colours.ts";
import { familiesFor } from "./fonts.ts";
import type { Profile } from "./profileCard.ts";

const cards = createCards();
afterAll(() => cards.close());

const NEWCOMER: Profile = {
  name: "Ann",
  joinedAt: 0,
  level: { level: 1, xp: 0, fromXp: 0, toXp: 150 },
  ladders: [],
  modes: [],
  weapons: [],
  arenas: [],
  medals: [],
  look: 0,
};
const LADDER: Profile["ladders"][number] = {
  mode: "deathmatch",
  points: 1000,
  games: 1,
  rank: null,
  curve: [],
};
const profileOf = (change: Partial<Profile>): Card => ({
  is: "profile",
  profile: { ...NEWCOMER, ...change },
});

const PLAYER: MatchPlayerLine = {
  name: "Ann",
  hasPage: true,
  isBot: false,
  team: 0,
  place: 1,
  score: 3,
  kills: 2,
  deaths: 1,
  assists: 0,
  damage: 0,
  flags: 0,
  hillSec: 0,
  longestStreak: 2,
  weapons: [],
  medals: [],
  playedSec: 9,
  left: null,
  points: null,
};
const matchOf = (change: Partial<StoredMatch>): Card => ({
  is: "match",
  match: {
    id: "0",
    arena: "foundry",
    mode: "deathmatch",
    isHosted: false,
    startedAt: 0,
    endedAt: 60_000,
    rules: { timeLimitSec: 60, scoreLimit: 1, friendlyFire: false },
    how: "scoreLimit",
    teamScores: null,
    whyUnrated: null,
    players: [PLAYER],
    ...change,
  },
});

/** Throws unless the bytes are a PNG. */
function sizeOf(png: Uint8Array): [width: number, height: number] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test.each<[string, Card]>([
  ["a newcomer", profileOf({})],
  ["one rated match", profileOf({ ladders: [LADDER] })],
  [
    "equal points on all days",
    profileOf({
      ladders: [
        {
          ...LADDER,
          curve: [
            [0, 1000],
            [1, 1000],
          ],
        },
      ],
    }),
  ],
  ["more ladders than have room", profileOf({ ladders: Array(9).fill({ ...LADDER, rank: 123_456 }) })],
  ["names of every script", profileOf({ name: "Дрон龍之介한글خالد😀हि" })],
  ["a family as one emoji", profileOf({ name: "👨‍👩‍👧‍👦🏳️‍🌈" })],
  ["characters that no font has", profileOf({ name: "\u{10ffff}\u{e000}\u0378" })],
  ["a lone surrogate", profileOf({ name: "\ud83d" })],
  ["a name of markup", profileOf({ name: "<script>&\"'" })],
  ["a name of nothing", profileOf({ name: "" })],
  ["an arena that is gone", matchOf({ arena: "constructor" })],
  ["a match without players", matchOf({ players: [] })],
  ["a match of a thousand", matchOf({ players: Array(1000).fill(PLAYER) })],
  ["a draw of sides of which one is empty", matchOf({ how: "draw", teamScores: [0, 0] })],
  [
    "negative scores, and a team beyond the emblems",
    matchOf({ players: [{ ...PLAYER, score: -99, team: 999 }] }),
  ],
  [
    "an arena of every mode with the longest title",
    {
      is: "arena",
      arena: {
        ...{ title: "W".repeat(32), author: "W".repeat(16), modes: [...MODE_NAMES] },
        ...{ players: { min: 100, max: 200 }, map: "anvil" },
      },
    },
  ],
  ["a match that was called off", matchOf({ how: "calledOff", teamScores: [1, 0] })],
])("[CARD-1] draws %s as a PNG of 1200 × 630", async (_, card) => {
  const png = await cards.paint(card);
  expect(sizeOf(png)).toEqual([1200, 630]);
  expect(png.length).toBeLessThan(600_000);
});

test("[CARD-2] the image shows the content: another name, rating or score is another image", async () => {
  const images = await Promise.all(
    [
      profileOf({}),
      profileOf({ name: "Ben" }),
      profileOf({ ladders: [LADDER] }),
      profileOf({ ladders: [{ ...LADDER, points: 1001 }] }),
      matchOf({}),
      matchOf({ players: [{ ...PLAYER, score: 4 }] }),
      matchOf({ arena: "anvil" }),
    ].map((card) => cards.paint(card)),
  );
  expect(new Set(images.map((png) => Buffer.from(png).toString("base64"))).size).toBe(images.length);
  const [first = new Uint8Array()] = images;
  expect(Buffer.compare(first, await cards.paint(profileOf({})))).toBe(0);
});

test("[CARD-3] content that cannot be drawn fails by itself, and others are drawn", async () => {
  const broken = profileOf({ modes: null as never });
  const [failed, drawn] = await Promise.allSettled([cards.paint(broken), cards.paint(profileOf({}))]);
  expect(failed).toMatchObject({ status: "rejected", reason: expect.any(CardsFailedError) });
  expect(drawn.status).toBe("fulfilled");
});

test("[CARD-4] refuses the 17th image that waits, and draws again afterwards", async () => {
  const asked = Array.from({ length: 17 }, () => cards.paint(profileOf({})));
  const settled = await Promise.allSettled(asked);
  expect(settled.map(({ status }) => status)).toEqual([...Array(16).fill("fulfilled"), "rejected"]);
  expect(settled[16]).toMatchObject({ reason: expect.any(CardsBusyError) });
  expect(sizeOf(await cards.paint(profileOf({})))).toEqual([1200, 630]);
});

test("[CARD-5] who waits while the thread ends hears it, and the next image gets a new thread", async () => {
  const ending = createCards();
  const waiting = ending.paint(profileOf({}));
  await Promise.all([ending.close(), expect(waiting).rejects.toThrow(CardsFailedError)]);
  expect(sizeOf(await ending.paint(profileOf({})))).toEqual([1200, 630]);
  await ending.close();
});

describe("looks", () => {
  test("[CARD-6] images have the page's colours and emblems", () => {
    const client = new URL("../../../game-client/", import.meta.url);
    const palette = readFileSync(new URL("palette.ts", client), "utf8");
    const hues = readFileSync(new URL("settings/hues.ts", client), "utf8");
    for (const [name, hue] of Object.entries(colours.COLOURS)) expect(palette).toContain(`${name}: "${hue}"`);
    for (const shape of colours.TEAM_SHAPES) expect(palette).toContain(`"${shape}"`);
    const teams = colours.TEAM_HUES.map((hue) => `"${hue}"`).join(", ");
    expect(hues).toMatch(new RegExp(`standard: \\{\\s+teams: \\[${teams}\\]`));
  });

  test.each([
    ["Ann", ["oxanium-latin"]],
    ["Łódź", ["oxanium-latin", "oxanium-latin-ext"]],
    ["Ёлка", ["noto-sans-cyrillic"]],
    ["한", [expect.stringMatching(/^noto-sans-kr-\d+$/)]],
    ["买", [expect.stringMatching(/^noto-sans-sc-\d+$/)]],
    ["عم", ["noto-sans-arabic-arabic"]],
    ["🦊", [expect.stringMatching(/^noto-emoji-\d+$/)]],
    ["\u{e000}", []],
  ])("[CARD-7] %s is drawn by the fonts that have its characters", (text, families) => {
    const found = familiesFor(text).replaceAll('"', "").split(", ");
    expect(found.toSorted()).toEqual([...families, "sans-serif"]);
  });

  test("[CARD-11] no character of these names is drawn as a box", () => {
    const context = createCanvas(40, 40).getContext("2d");
    const draw = (character: string, families: string) => {
      context.font = `700 24px ${families}`;
      context.clearRect(0, 0, 40, 40);
      context.fillText(character, 4, 30);
      return Buffer.from(context.getImageData(0, 0, 40, 40).data.buffer).toString("base64");
    };
    const names = "Łódź Ёлка Ωμέγα 한글뷁 龍之介 战士买 サムライ עברית خالد हिन्दी ไทย Đặng 🦊🔥😀";
    const boxes = Array.from(names.replaceAll(" ", "")).filter((character) => {
      const families = familiesFor(character);
      return draw(character, families) === draw("\u{10fffe}", families);
    });
    expect(boxes).toEqual([]);
  });
});
