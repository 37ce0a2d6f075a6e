/** Tests how often rooms are asked for their matches, and which of them. */
import { expect, test, vi } from "vitest";
import type { Directory, RoomRow } from "#server/admission/directory.ts";
import type { LiveAnswer, LiveSummary } from "#server/admission/liveSummary.ts";
import { type AskRoom, answered, refusal } from "#server/admission/roomQuestions.ts";
import { aListing } from "#server/testing/listing.ts";
import { LIST_LINES, LIVE_MAX } from "#shared/protocol/live.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { createLiveFeed } from "./liveFeed.ts";

const line = (name: string) => ({ name, team: 0, score: 0, kills: 0, deaths: 0, bot: false });

const aSummary = (fields: Partial<LiveSummary> = {}): LiveSummary => ({
  ...{ title: "", mode: "deathmatch", map: "foundry", phase: "live", tick: 300, phaseEndsTick: 600 },
  ...{ paused: false, scoreLimit: 10, teamScores: [], players: 1, playersMax: 8, bots: 3 },
  ...{ spectators: 0, spectatorsMax: 8, lines: [..."ABCDEF"].map(line), kills: [] },
  ...fields,
});

const aRow = (roomId: string, hosted = false, fields: Partial<RoomRow> = {}): RoomRow =>
  ({ roomId, metadata: { ...aListing({ hosted }), points: null }, ...fields }) as RoomRow;

function aServer(rows: RoomRow[], answer: (room: string) => LiveAnswer) {
  const asked: string[] = [];
  const ask = (async (room: string) => {
    asked.push(room);
    return answered(answer(room));
  }) as unknown as AskRoom;
  const directory = {
    listed: async () => rows,
    find: async (code: string) => rows.find(({ roomId }) => roomId === code),
    wasDrawn: async (code: string) => code === "WASIT",
  } as unknown as Directory;
  return { asked, rooms: { ask, directory } };
}

const open = (summary = aSummary()): LiveAnswer => ({ is: "open", summary });

test("[LIVE-5] however many look, each room is asked once a second, and no room while nobody looks", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const { asked, rooms } = aServer([aRow("BCDFG"), aRow("BCDFH")], () => open());
    const feed = createLiveFeed(() => rooms);
    await Promise.all(Array.from({ length: 100 }, () => feed.list()));
    await Promise.all(Array.from({ length: 100 }, () => feed.match("BCDFG")));
    expect(asked).toEqual(["BCDFG", "BCDFH", "BCDFG"]);
    vi.advanceTimersByTime(60_000);
    expect(asked.length).toBe(3);
    await feed.list();
    expect(asked.length).toBe(5);
  } finally {
    vi.useRealTimers();
  }
});

test("[LIVE-6] the list has rooms without a host only, at most LIVE_MAX, each with its best three", async () => {
  const rows = Array.from({ length: 100 }, (_, at) => aRow(`R${at}`, at % 4 === 0));
  rows.push(aRow("HIDDEN", false, { private: true }), aRow("EARLY"));
  const { asked, rooms } = aServer(rows, () => open());
  const { matches } = await createLiveFeed(() => rooms).list();
  expect(matches.length).toBe(LIVE_MAX);
  expect(matches.some(({ code }) => Number(code.slice(1)) % 4 === 0)).toBe(false);
  expect(matches.every(({ lines }) => lines.length === LIST_LINES)).toBe(true);
  expect(asked).not.toContain("HIDDEN");
});

test("[LIVE-7] a room that is too young, closed or silent is not in the list, and the others are", async () => {
  const answers: Record<string, LiveAnswer> = {
    YOUNG: { is: "early" },
    SHUT: { is: "closed", why: "password" },
    OPEN: open(),
  };
  const { rooms } = aServer(
    ["YOUNG", "SHUT", "OPEN", "SILENT"].map((code) => aRow(code)),
    () => open(),
  );
  const ask = (async (room: string) => {
    const answer = answers[room];
    return answer ? answered(answer) : refusal(REFUSAL.restarting, "silent");
  }) as unknown as AskRoom;
  const { matches } = await createLiveFeed(() => ({ ...rooms, ask })).list();
  expect(matches.map(({ code }) => code)).toEqual(["OPEN"]);
});

test("[LIVE-8] by its code a match comes in full, or with the reason why not", async () => {
  const answers: Record<string, LiveAnswer> = {
    BCDFG: open(),
    YOUNG: { is: "early" },
    SHUT: { is: "closed", why: "password" },
    ALONE: { is: "closed", why: "noSpectators" },
  };
  const rows = Object.keys(answers).map((code) => aRow(code, true));
  const { rooms } = aServer(rows, (room) => answers[room] as LiveAnswer);
  const feed = createLiveFeed(() => rooms);
  expect((await feed.match("BCDFG"))?.match.lines.length).toBe(6);
  expect(await feed.match("YOUNG")).toBeUndefined();
  const status = (code: string) => feed.match(code).catch((error: { status: number }) => error.status);
  expect(await status("SHUT")).toBe(REFUSAL.wrongPassword);
  expect(await status("ALONE")).toBe(REFUSAL.noSpectators);
  expect(await status("WASIT")).toBe(REFUSAL.roomEnded);
  expect(await status("NEVER")).toBe(REFUSAL.roomUnknown);
});

test("[LIVE-9] a match's text changes with all of it but the clocks, which pass by themselves", async () => {
  const kill = { number: 1, tick: 290, killer: { name: "A", team: 0 }, victim: { name: "B", team: 1 } };
  const kills = [{ ...kill, weapon: "rail" as const }];
  const rowOf = async (fields: Partial<LiveSummary>) => {
    const { rooms } = aServer([aRow("BCDFG")], () => open(aSummary({ kills, ...fields })));
    const row = await createLiveFeed(() => rooms).match("BCDFG");
    if (!row) throw new Error("no match");
    return row;
  };
  const before = await rowOf({});
  expect([before.match.leftMs, before.match.kills[0]?.agoMs]).toEqual([10_000, 333]);
  const later = await rowOf({ tick: 330 });
  expect([later.match.leftMs, later.match.kills[0]?.agoMs]).toEqual([9_000, 1_333]);
  expect(later.text).toBe(before.text);
  for (const change of [{ phaseEndsTick: 900 }, { bots: 4 }, { kills: [] }, { paused: true }]) {
    expect((await rowOf(change)).text).not.toBe(before.text);
  }
  expect((await rowOf({ phase: "waiting" })).match.leftMs).toBeNull();
});
