/** How many rooms the machine opens, with a stand-in for the process that has them. */
import { expect, test, vi } from "vitest";
import { LocalDirectory, type RoomRow } from "#server/admission/directory.ts";
import { answered } from "#server/admission/roomQuestions.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { MachineRooms } from "./machineRooms.ts";

test("[CLUSTER-58] newcomers do not fill the places of rooms that are being opened again", async () => {
  const askProcess = vi.fn(async () => answered(null));
  const local = { id: "a", load: 0, takesRooms: true, askProcess } as unknown as RoomProcess;
  const own = new LocalDirectory();
  own.put({ roomId: "BBBBB", metadata: { hosted: true } } as RoomRow);
  const reopening = [
    { code: "BBBBB", hosted: true },
    { code: "CCCCC", hosted: true },
    { code: "DDDDD", hosted: false },
  ];
  const processes = { local, all: [local], reopening };
  const open = (options: object, max: number) =>
    new MachineRooms(own, own, processes, max).open(JoinOptions.parse(options));
  // BBBBB is open already, and counts once. Hosted rooms leave a quarter to public ones.
  expect(await open({}, 3)).toMatchObject({ status: REFUSAL.serverFull });
  expect(await open({}, 4)).toMatchObject({ ok: true });
  expect(await open({ private: true }, 8)).toMatchObject({ ok: true });
  reopening.push(...["FFFFF", "GGGGG"].map((code) => ({ code, hosted: true })));
  expect(await open({ private: true }, 5)).toMatchObject({ status: REFUSAL.serverFull });
  expect(askProcess).toHaveBeenCalledTimes(2);
});
