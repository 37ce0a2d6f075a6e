/** What the front makes of the death of a process, with a stand-in for its link. */
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { roomSnapshotOf } from "#server/testing/roomSnapshots.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { OneWay } from "./messages.ts";
import { ENDED_PROCESS, type LinkedProcess, RemoteProcess } from "./remoteProcess.ts";

function linked() {
  const link = Object.assign(new EventEmitter(), { connected: true, send: () => true, kill: () => true });
  const reports = { put() {}, remove() {}, keep() {} };
  const remote = new RemoteProcess("room 1", link as unknown as LinkedProcess, reports, () => {});
  return { remote, says: (message: OneWay) => link.emit("message", message, undefined) };
}

const open = (remote: RemoteProcess, code: string) =>
  remote.askProcess("open", { code, snapshot: roomSnapshotOf(code) });

test("[CLUSTER-51] the room that a process was opening when it died is told from those that it had not begun", async () => {
  const { remote, says } = linked();
  const answers = [open(remote, "BBBBB"), open(remote, "CCCCC"), open(remote, "DDDDD")];
  says({ is: "opening", code: "BBBBB" });
  says({ is: "opening", code: "CCCCC" });
  says({ is: "row", row: { roomId: "CCCCC" } as (OneWay & { is: "row" })["row"] });
  expect(remote.isOpening).toBe(true);
  remote.gone();
  const [opening, opened, unread] = await Promise.all(answers);
  expect(opening).toBe(ENDED_PROCESS);
  for (const answer of [opened, unread]) expect(answer).toMatchObject({ status: REFUSAL.restarting });
});

test("[CLUSTER-52] a snapshot that is no JSON costs its own room only", () => {
  const { remote, says } = linked();
  for (const code of ["BBBBB", "CCCCC"])
    says({ is: "row", row: { roomId: code } as (OneWay & { is: "row" })["row"] });
  says({ is: "snapshot", code: "BBBBB", json: "{" });
  says({ is: "snapshot", code: "CCCCC", json: JSON.stringify(roomSnapshotOf("CCCCC")) });
  expect(remote.gone().map(({ code }) => code)).toEqual(["CCCCC"]);
});
