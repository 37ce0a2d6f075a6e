/** The files of hosted rooms, on a real disk. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { captureLog } from "#server/testing/captureLog.ts";
import { roomSnapshotOf } from "#server/testing/roomSnapshots.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { FILE_MAX_AGE_MS, PROVEN_MS, RoomFiles } from "./roomFiles.ts";
import type { RoomSnapshot } from "./roomSnapshot.ts";

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
    put(roomSnapshotOf("BCDFG", "first"));
    put(roomSnapshotOf("BCDFG", "second"));
    put(roomSnapshotOf("HJKMN"));
    await files.close();
    expect(names()).toEqual(["BCDFG.json", "HJKMN.json"]);
    expect(statSync(pathOf("BCDFG.json")).mode & 0o777).toBe(0o600);
    const opened = await reopened();
    expect(opened).toEqual([roomSnapshotOf("BCDFG", "second"), roomSnapshotOf("HJKMN")]);
  });

  test("[SNAP-13] a room that ends loses its file, but not when the process stops", async () => {
    put(roomSnapshotOf("BCDFG"));
    put(roomSnapshotOf("HJKMN"));
    files.remove("BCDFG");
    await files.close();
    files.remove("HJKMN");
    put(roomSnapshotOf("PRSTW"));
    expect(names()).toEqual(["HJKMN.json"]);
  });

  test("[SNAP-14] a room that was opened again and ends before its first snapshot loses its file", async () => {
    put(roomSnapshotOf("BCDFG"));
    await files.close();
    const next = new RoomFiles(dataDir);
    await next.restoreRooms(async ({ code }) => next.remove(code));
    await next.close();
    expect(names()).toEqual([]);
  });

  test("[SNAP-15] what only the clock changes is not written again", async () => {
    put(roomSnapshotOf("BCDFG"));
    await expect.poll(names).toEqual(["BCDFG.json"]);
    writeFileSync(pathOf("BCDFG.json"), "marked");
    put({ ...roomSnapshotOf("BCDFG"), takenAtMs: 2, elapsedMs: 3.5 });
    put(roomSnapshotOf("HJKMN"));
    await expect.poll(names).toEqual(["BCDFG.json", "HJKMN.json"]);
    expect(readFileSync(pathOf("BCDFG.json"), "utf8")).toBe("marked");
    put(roomSnapshotOf("BCDFG", "changed"));
    await files.close();
    expect(JSON.parse(readFileSync(pathOf("BCDFG.json"), "utf8")).snapshot.password).toBe("changed");
  });

  test("[SNAP-16] damaged, foreign and former files are skipped with a line each, old ones are deleted, and the rest opens", async () => {
    put(roomSnapshotOf("BCDFG"));
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
    expect(names()).toEqual([...Object.keys(broken), "BCDFG.1.json", "FFFFF.json", "notes.txt"].sort());
  });

  test("[SNAP-17] a room that fails to open keeps no other from opening; without a folder nothing opens", async () => {
    put(roomSnapshotOf("BCDFG"));
    put(roomSnapshotOf("HJKMN"));
    await files.close();
    const opened = await reopened(async ({ code }) => {
      if (code === "BCDFG") throw new Error("no such map");
    });
    expect(opened.map(({ code }) => code)).toEqual(["HJKMN"]);
    rmSync(join(dataDir, "rooms"), { recursive: true });
    expect(await reopened()).toEqual([]);
  });

  test("[SNAP-24] a room of another server that runs in the same folder is left to it", async () => {
    put(roomSnapshotOf("BCDFG"));
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

  test("[SNAP-25] nothing but files of exactly these names is ever deleted, whatever its age", async () => {
    const folder = join(dataDir, "rooms");
    mkdirSync(join(folder, "BBBBB.json"), { recursive: true });
    mkdirSync(join(folder, "arenas"));
    const others = ["ArenaRoom.ts", "bbbbb.json", "BBBBBB.json", "BBBBB.json.draft", "BBBBB.x.json", ".json"];
    for (const name of [...others, "arenas/map.ts"]) writeFileSync(pathOf(name), "an operator's");
    writeFileSync(join(dataDir, "precious"), "an operator's");
    symlinkSync(join(dataDir, "precious"), pathOf("CCCCC.json"));
    symlinkSync(folder, pathOf("DDDDD.json"));
    for (const name of ["FFFFF.json", "FFFFF.1.json", "FFFFF.1.json.77.draft"])
      writeFileSync(pathOf(name), "ours");
    const longAgoSec = (Date.now() - FILE_MAX_AGE_MS) / 1000 - 60;
    for (const name of names()) lutimesSync(pathOf(name), longAgoSec, longAgoSec);
    expect(await reopened()).toEqual([]);
    expect(names()).toEqual([...others, "BBBBB.json", "CCCCC.json", "DDDDD.json", "arenas"].sort());
    expect(readdirSync(pathOf("arenas"))).toEqual(["map.ts"]);
    expect(readFileSync(join(dataDir, "precious"), "utf8")).toBe("an operator's");
  });

  test("[SNAP-26] a room after whose opening the server ended twice is skipped, and a line says what to do", async () => {
    put(roomSnapshotOf("BCDFG"));
    await files.close();
    const seen: string[][] = [];
    const crashed = () => reopened(async () => void seen.push(names()));
    expect(await crashed()).toHaveLength(1);
    expect(await crashed()).toHaveLength(1);
    const lines = captureLog();
    expect(await crashed()).toEqual([]);
    // Counted before the room is opened.
    expect(seen).toEqual([["BCDFG.1.json"], ["BCDFG.2.json"]]);
    expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining("rename the file to BCDFG.json")]);
    renameSync(pathOf("BCDFG.2.json"), pathOf("BCDFG.json"));
    expect(await crashed()).toHaveLength(1);
  });

  test("[SNAP-27] a room that has lived for a minute, or whose server stops in good order, has its ordinary file again", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    onTestFinished(() => now.mockRestore());
    put(roomSnapshotOf("BCDFG"));
    put(roomSnapshotOf("HJKMN"));
    await files.close();
    const next = new RoomFiles(dataDir);
    await next.restoreRooms(async () => {});
    now.mockReturnValue(PROVEN_MS - 1);
    put(roomSnapshotOf("BCDFG", "early"), next);
    next.vouchFor("HJKMN");
    put(roomSnapshotOf("HJKMN"), next);
    await expect.poll(names).toEqual(["BCDFG.1.json", "HJKMN.json"]);
    now.mockReturnValue(PROVEN_MS);
    put(roomSnapshotOf("BCDFG", "early"), next);
    await next.close();
    expect(names()).toEqual(["BCDFG.json", "HJKMN.json"]);
    expect(await reopened()).toEqual([roomSnapshotOf("BCDFG", "early"), roomSnapshotOf("HJKMN")]);
  });

  test("[SNAP-28] no try is counted for a room that a predecessor has open", async () => {
    put(roomSnapshotOf("BCDFG"));
    await files.close();
    const opened = await new RoomFiles(dataDir).restoreRooms(
      async () => {},
      (code) => code === "BCDFG",
    );
    expect({ opened, names: names() }).toEqual({ opened: 0, names: ["BCDFG.json"] });
  });

  test("[SNAP-18] a disk that cannot be written costs no room, and the next snapshot tries again", async () => {
    writeFileSync(join(dataDir, "rooms"), "in the way");
    put(roomSnapshotOf("BCDFG"));
    await new Promise((resolve) => setImmediate(resolve));
    rmSync(join(dataDir, "rooms"));
    put(roomSnapshotOf("BCDFG"));
    await files.close();
    expect(names()).toEqual(["BCDFG.json"]);
  });
});
