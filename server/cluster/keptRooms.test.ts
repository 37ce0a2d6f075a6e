/** How kept rooms are opened at the start, with a stand-in for the process that opens them. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { LocalDirectory, type RoomRow } from "#server/admission/directory.ts";
import { answered, refusal } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { roomSnapshotOf } from "#server/testing/roomSnapshots.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { KeptRooms } from "./keptRooms.ts";

const [HANGS, GOOD] = ["BBBBB", "CCCCC"];

function keptOnDisk(...codes: string[]): { folder: string; kept: KeptRooms; directory: LocalDirectory } {
  const dataDir = temporaryFolder("data");
  const folder = join(dataDir, "rooms");
  mkdirSync(folder);
  for (const code of codes)
    writeFileSync(
      join(folder, `${code}.json`),
      JSON.stringify({ writer: "", snapshot: roomSnapshotOf(code) }),
    );
  const directory = new LocalDirectory();
  return { folder, directory, kept: new KeptRooms(dataDir, directory) };
}

test("[SNAP-29] a room that hangs while it opens keeps neither the others nor the server from opening", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { kept } = keptOnDisk(HANGS, GOOD);
  const opened: string[] = [];
  const asked = new Map<string, number>();
  await kept.restore(async ({ code }: RoomSnapshot) => {
    asked.set(code, (asked.get(code) ?? 0) + 1);
    if (code === HANGS) {
      // Its time is over.
      vi.advanceTimersByTime(10_000);
      return refusal(REFUSAL.restarting, "late");
    }
    // The process that the room before has ended starts again.
    if (asked.get(code) === 1) return refusal(REFUSAL.restarting, "gone");
    opened.push(code);
    return answered(null);
  });
  expect({ opened, hung: asked.get(HANGS) }).toEqual({ opened: [GOOD], hung: 1 });
});

test("[SNAP-30] after a failure the files stay as they are, with the tries that they count", async () => {
  const { kept, folder, directory } = keptOnDisk(GOOD);
  await kept.restore(async () => answered(null));
  directory.put({ roomId: GOOD, metadata: { hosted: true } } as RoomRow);
  const ask = vi.fn();
  await kept.close(ask, true);
  expect(readdirSync(folder)).toEqual([`${GOOD}.1.json`]);
  expect(ask).not.toHaveBeenCalled();
});
