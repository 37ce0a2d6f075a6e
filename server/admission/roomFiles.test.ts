/** The files of hosted rooms, on a real disk. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { captureLog } from "#server/testing/captureLog.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { FILE_MAX_AGE_MS, RoomFiles } from "./roomFiles.ts";
import { type RoomSnapshot, SNAPSHOT_VERSION } from "./roomSnapshot.ts";

const snapshotOf = (code: string, password = ""): RoomSnapshot => {
  const bans = { salt: "", banned: [], networks: [] };
  return {
    ...{ version: SNAPSHOT_VERSION, code, hosted: true, protocol: 1, takenAtMs: 1, elapsedMs: 1 },
    settings: {
      ...{ title: "", mode: "deathmatch", map: "foundry", players: 8, bots: 0, botSkill: "normal" },
      ...{ scoreLimit: 0, timeLimitMin: 5, friendlyFire: false, teamChoice: "even", spectating: "follow" },
      ...{ listed: false, seatKeptSec: 30, vote: false },
    },
    password,
    ...{ people: [], bans, mutes: bans, chat: [], standIn: null, votes: [], followed: [], botsCreated: 0 },
    match: null,
    world: {
      state: {
        ...{ tick: 0, mode: "deathmatch", phase: "waiting", phaseEndsTick: 0, scoreA: 0, scoreB: 0 },
        ...{ map: "foundry", held: true, paused: false, locked: false },
      },
      ...{ drones: [], roster: [], nextRefId: 0, pickups: [], flags: [] },
      hill: { x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 },
      ...{ awards: [], candidates: [], lastProjectileId: 0, pickupDueTicks: [], carriedAt: [] },
      ...{ hillIndex: 0, hillStep: 1, hillTicks: 0, stats: [] },
    },
  } as RoomSnapshot;
};

let dataDir: string;
let files: RoomFiles;
beforeEach(() => {
  dataDir = temporaryFolder("data");
  files = new RoomFiles(dataDir);
});

const put = (snapshot: RoomSnapshot, to = files) => to.put(snapshot.code, JSON.stringify(snapshot));
const pathOf = (name: string) => join(dataDir, "rooms", name);
const names = () => readdirSync(join(dataDir, "rooms")).sort();

/** What a next run opens. */
async function reopened(open?: (snapshot: RoomSnapshot) => Promise<void>): Promise<RoomSnapshot[]> {
  const opened: RoomSnapshot[] = [];
  await new RoomFiles(dataDir).restoreRooms(async (snapshot) => {
    await open?.(snapshot);
    opened.push(snapshot);
  });
  return opened;
}

describe("the files of rooms", () => {
  test("[SNAP-12] the newest snapshot of each room is kept, readable by its owner only, and opened by the next run", async () => {
    put(snapshotOf("BCDFG", "first"));
    put(snapshotOf("BCDFG", "second"));
    put(snapshotOf("HJKMN"));
    await files.close();
    expect(names()).toEqual(["BCDFG.json", "HJKMN.json"]);
    expect(statSync(pathOf("BCDFG.json")).mode & 0o777).toBe(0o600);
    const opened = await reopened();
    expect(opened).toEqual([snapshotOf("BCDFG", "second"), snapshotOf("HJKMN")]);
  });

  test("[SNAP-13] a room that ends loses its file, but not when the process stops", async () => {
    put(snapshotOf("BCDFG"));
    put(snapshotOf("HJKMN"));
    files.remove("BCDFG");
    await files.close();
    files.remove("HJKMN");
    put(snapshotOf("PRSTW"));
    expect(names()).toEqual(["HJKMN.json"]);
  });

  test("[SNAP-14] a room that was opened again and ends before its first snapshot loses its file", async () => {
    put(snapshotOf("BCDFG"));
    await files.close();
    const next = new RoomFiles(dataDir);
    await next.restoreRooms(async ({ code }) => next.remove(code));
    await next.close();
    expect(names()).toEqual([]);
  });

  test("[SNAP-15] what only the clock changes is not written again", async () => {
    put(snapshotOf("BCDFG"));
    await expect.poll(names).toEqual(["BCDFG.json"]);
    writeFileSync(pathOf("BCDFG.json"), "marked");
    put({ ...snapshotOf("BCDFG"), takenAtMs: 2, elapsedMs: 3.5 });
    put(snapshotOf("HJKMN"));
    await expect.poll(names).toEqual(["BCDFG.json", "HJKMN.json"]);
    expect(readFileSync(pathOf("BCDFG.json"), "utf8")).toBe("marked");
    put(snapshotOf("BCDFG", "changed"));
    await files.close();
    expect(JSON.parse(readFileSync(pathOf("BCDFG.json"), "utf8")).snapshot.password).toBe("changed");
  });

  test("[SNAP-16] damaged, foreign and former files are skipped with a line each, old ones are deleted, and the rest opens", async () => {
    put(snapshotOf("BCDFG"));
    await files.close();
    const whole = readFileSync(pathOf("BCDFG.json"), "utf8");
    const broken = {
      "HJKMN.json": whole.slice(0, 100),
      "PRSTW.json": whole,
      "WXYZB.json": whole.replace("BCDFG", "WXYZB").replace('"version":1', '"version":0'),
      "BBBBB.json": "",
    };
    for (const [name, text] of Object.entries(broken)) writeFileSync(pathOf(name), text);
    const longAgoSec = (Date.now() - FILE_MAX_AGE_MS) / 1000 - 60;
    for (const name of ["CCCCC.json", "DDDDD.json.1234.draft"]) {
      writeFileSync(pathOf(name), whole.replace("BCDFG", "CCCCC"));
      utimesSync(pathOf(name), longAgoSec, longAgoSec);
    }
    writeFileSync(pathOf("notes.txt"), "an operator's");
    mkdirSync(pathOf("FFFFF.json"));
    const lines = captureLog();
    expect((await reopened()).map(({ code }) => code)).toEqual(["BCDFG"]);
    const warned = lines.filter(({ msg }) => msg.includes("could not be opened again"));
    expect(warned).toHaveLength(Object.keys(broken).length + 1);
    expect(names()).toEqual([...Object.keys(broken), "BCDFG.json", "FFFFF.json", "notes.txt"].sort());
  });

  test("[SNAP-17] a room that fails to open keeps no other from opening; without a folder nothing opens", async () => {
    put(snapshotOf("BCDFG"));
    put(snapshotOf("HJKMN"));
    await files.close();
    const opened = await reopened(async ({ code }) => {
      if (code === "BCDFG") throw new Error("no such map");
    });
    expect(opened.map(({ code }) => code)).toEqual(["HJKMN"]);
    rmSync(join(dataDir, "rooms"), { recursive: true });
    expect(await reopened()).toEqual([]);
  });

  test("[SNAP-24] a room of another server that runs in the same folder is left to it", async () => {
    put(snapshotOf("BCDFG"));
    await files.close();
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const start = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19];
    const text = readFileSync(pathOf("BCDFG.json"), "utf8");
    writeFileSync(pathOf("BCDFG.json"), text.replace(/"writer":"[^"]*"/, `"writer":"${child.pid} ${start}"`));
    expect(await reopened()).toEqual([]);
    child.kill();
    await once(child, "exit");
    expect(await reopened()).toHaveLength(1);
  });

  test("[SNAP-18] a disk that cannot be written costs no room, and the next snapshot tries again", async () => {
    writeFileSync(join(dataDir, "rooms"), "in the way");
    put(snapshotOf("BCDFG"));
    await new Promise((resolve) => setImmediate(resolve));
    rmSync(join(dataDir, "rooms"));
    put(snapshotOf("BCDFG"));
    await files.close();
    expect(names()).toEqual(["BCDFG.json"]);
  });
});
