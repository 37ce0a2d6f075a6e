/** Which rooms are opened again after a death and which is given up, with stand-ins for the processes. */
import { expect, onTestFinished, test, vi } from "vitest";
import { type Answered, answered } from "#server/admission/roomQuestions.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { NO_PROCESS } from "#server/cluster/machineRooms.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { roomSnapshotOf } from "#server/testing/roomSnapshots.ts";
import { ENDED_PROCESS } from "./remoteProcess.ts";
import { Revival } from "./revival.ts";

/** Processes that open what they are asked to, but for what `answer` says. */
function cluster(count: number, answer: (code: string) => Answered<null> = () => answered(null)) {
  const rooms = new Map<string, Set<string>>();
  const asked: string[] = [];
  const fork = (id: string): RoomProcess => {
    const mine = new Set<string>();
    rooms.set(id, mine);
    const askProcess = async (_name: string, { code }: { code: string }) => {
      asked.push(code);
      const opened = answer(code);
      if (opened.ok) mine.add(code);
      return opened;
    };
    return {
      ...{ id, takesRooms: true, askProcess: askProcess as unknown as RoomProcess["askProcess"] },
      ...{ ask: async () => NO_PROCESS, handOver() {} },
      get load() {
        return mine.size;
      },
    };
  };
  const processes = Array.from({ length: count }, (_, at) => fork(`process ${at}`));
  const revival = new Revival(() => processes);
  const processOf = (code: string) => [...rooms].find(([, codes]) => codes.has(code))?.[0];
  let forks = 0;
  return {
    ...{ asked, revival, processes, processOf, fork },
    open: () => [...rooms.values()].flatMap((codes) => [...codes]).sort(),
    /** The process of the room dies, and another one takes its place. */
    async fails(code: string, isReplaced = true): Promise<void> {
      const id = processOf(code) ?? "";
      const snapshots = [...(rooms.get(id) ?? [])].map(roomSnapshotOf as (code: string) => never);
      rooms.delete(id);
      const at = processes.findIndex((each) => each.id === id);
      processes.splice(at, 1, ...(isReplaced ? [fork(`fork ${++forks}`)] : []));
      await revival.open({ name: id, snapshots, blamesRooms: true });
    },
  };
}

const death = (codes: readonly string[], blamesRooms = true) => ({
  name: "room 1",
  snapshots: codes.map((code) => roomSnapshotOf(code)),
  blamesRooms,
});

test("[CLUSTER-53] a room that ends each process that opens it is tried twice, and costs no other room", async () => {
  const log = captureLog();
  const { revival, asked, open } = cluster(4, (code) => (code === "RRRRR" ? ENDED_PROCESS : answered(null)));
  await revival.open(death(["AAAAA", "RRRRR", "BBBBB"], false));
  expect(asked.filter((code) => code === "RRRRR")).toHaveLength(2);
  expect(open()).toEqual(["AAAAA", "BBBBB"]);
  expect(log.filter(({ msg }) => msg === "the room is not opened again")).toEqual([
    expect.objectContaining({ room: "RRRRR", reason: expect.stringContaining("while it was opened") }),
  ]);
  expect(revival.opening).toEqual([]);
});

test("[CLUSTER-54] rooms that were being opened when another one ended the process are opened alone, and stay", async () => {
  let failures = 2;
  const { revival, open } = cluster(2, () => (failures-- > 0 ? ENDED_PROCESS : answered(null)));
  await revival.open(death(["AAAAA", "BBBBB", "CCCCC"], false));
  expect(open()).toEqual(["AAAAA", "BBBBB", "CCCCC"]);
});

test.each([2, 3, 8])(
  "[CLUSTER-55] with %i processes, the one room that fails again and again is found, and no other is lost",
  async (count) => {
    const log = captureLog();
    const innocent = Array.from("BCDFGHJKMN", (letter) => letter.repeat(5));
    const { revival, fails, open } = cluster(count);
    await revival.open(death([...innocent, "RRRRR"]));
    let deaths = 1;
    for (; open().includes("RRRRR") && deaths < 20; deaths++) await fails("RRRRR");
    expect(open()).toEqual(innocent);
    expect(deaths).toBeLessThanOrEqual(6);
    expect(log.filter(({ msg }) => msg === "the room is not opened again")).toHaveLength(1);
    // Its neighbours are not suspected of what it did.
    await fails("BBBBB");
    expect(open()).toEqual(innocent);
  },
);

test("[CLUSTER-56] rooms that are suspected as much wait for a second process, while others open", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { revival, fails, processes, fork, open, processOf } = cluster(1);
  await revival.open(death(["BBBBB", "CCCCC"]));
  const opened = fails("BBBBB");
  await vi.advanceTimersByTimeAsync(2_000);
  expect({ open: open(), opening: revival.opening.length }).toEqual({ open: [], opening: 2 });
  expect(revival.settled("BBBBB")).toBeInstanceOf(Promise);
  processes.push(fork("second"));
  await vi.advanceTimersByTimeAsync(200);
  await opened;
  expect(open()).toEqual(["BBBBB", "CCCCC"]);
  expect(processOf("BBBBB")).not.toBe(processOf("CCCCC"));
});

test("[CLUSTER-57] deaths that are a minute apart blame nobody", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { revival, fails, open } = cluster(2);
  await revival.open(death(["BBBBB"]));
  await vi.advanceTimersByTimeAsync(61_000);
  await fails("BBBBB");
  expect(open()).toEqual(["BBBBB"]);
  await fails("BBBBB");
  expect(open()).toEqual([]);
});
