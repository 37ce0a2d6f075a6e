/** What the fronts of two generations tell each other, over a link without a primary. */
import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { LocalDirectory, type RoomRow } from "#server/admission/directory.ts";
import { type Answered, answered, refusal } from "#server/admission/roomQuestions.ts";
import type { Message } from "#server/cluster/processes/messages.ts";
import { monotonicMs } from "#server/cluster/processes/monotonic.ts";
import { schemaFingerprint } from "#server/colyseus/schemaFingerprint.ts";
import { roomSnapshotOf } from "#server/testing/roomSnapshots.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { Predecessor, type PredecessorOptions } from "./predecessor.ts";
import { RelayedProgress } from "./relayedProgress.ts";
import { RelayLink } from "./relayLink.ts";
import { Successor, type SuccessorOptions } from "./successor.ts";

const FORMER = "former";
const rowOf = (code: string): RoomRow =>
  ({ roomId: code, processId: FORMER, name: "arena", clients: 1 }) as RoomRow;
const hello = (protocol = PROTOCOL_VERSION): Message => ({
  ...{ is: "hello", pid: 1, processId: FORMER, protocol, schema: schemaFingerprint() },
});
const jsonOf = (code: string) => JSON.stringify(roomSnapshotOf(code));
const moveOf = (code: string, beginByMs = Number.POSITIVE_INFINITY, number = 1): Message => ({
  ...{ is: "ask", number, asked: { of: "move", snapshot: roomSnapshotOf(code), beginByMs } },
});

/** One end of a link: what is sent on it, and a way to receive. */
function connect() {
  const primary = Object.assign(new EventEmitter(), {
    connected: true,
    send: ({ relay }: { relay: Message }) => sent.push(relay) > 0,
  });
  const sent: Message[] = [];
  const link = new RelayLink(primary as never);
  const receive = (...messages: Message[]) => {
    for (const relay of messages) primary.emit("message", { relay }, undefined);
  };
  const answers = () => sent.flatMap((message) => (message.is === "answer" ? [message.answer] : []));
  return { link, sent, receive, answers, lose: () => void primary.emit("message", { order: "lost" }) };
}

/** A front that has a predecessor. */
function follow(reopen: PredecessorOptions["reopen"] = async () => answered(null)) {
  const end = connect();
  const own = new LocalDirectory();
  const ended: string[] = [];
  const lost: string[] = [];
  const opened: string[] = [];
  const kept = { put() {}, ended: (code: string) => ended.push(code) } as never;
  const predecessor = new Predecessor(end.link, {
    ...{ local: own, kept, keep() {} },
    reopen(snapshot) {
      opened.push(snapshot.code);
      return reopen(snapshot);
    },
    onLost: (snapshots) => lost.push(...snapshots.map(({ code }) => code)),
  });
  return { ...end, own, ended, lost, opened, predecessor };
}

const open: RoomRow["metadata"] = {
  ...{ title: "", hosted: false, mode: "deathmatch", map: "foundry", players: 1, playersMax: 8, bots: 0 },
  ...{ spectators: 0, password: false, locked: false, spectating: "follow", points: null },
};

test("[GENERATION-4] what a predecessor says before its successor opens waits: of each room the newest snapshot", () => {
  const { link, receive } = connect();
  const heard: Message[] = [];
  link.on("message", (message) => heard.push(message as Message));
  const snapshot = (code: string, json: string): Message => ({ is: "snapshot", code, json });
  receive(hello(), snapshot("AAAA", "1"), snapshot("BBBB", "1"), { is: "row", row: rowOf("AAAA") });
  receive(snapshot("AAAA", "2"), { is: "gone", code: "BBBB" });
  expect(heard).toEqual([]);
  link.open();
  const [first, ...rest] = heard;
  expect(first?.is).toBe("hello");
  expect(rest).toEqual([
    snapshot("BBBB", "1"),
    { is: "row", row: rowOf("AAAA") },
    snapshot("AAAA", "2"),
    { is: "gone", code: "BBBB" },
  ]);
});

test("[GENERATION-5] a predecessor that dies before its successor opens leaves its rooms, but those that were moving", async () => {
  const { receive, lose, lost, opened } = follow();
  const rooms = ["AAAA", "BBBB"];
  receive(hello(), ...rooms.map((code): Message => ({ is: "row", row: rowOf(code) })));
  receive(...rooms.map((code): Message => ({ is: "snapshot", code, json: jsonOf(code) })), moveOf("BBBB"));
  lose();
  await nextTurn();
  expect([lost, opened]).toEqual([["AAAA"], ["BBBB"]]);
});

test("[GENERATION-6] a room whose move fails after its predecessor has died opens from the snapshot that moved", async () => {
  const reopened = Promise.withResolvers<Answered<null>>();
  const { receive, lose, lost, predecessor } = follow(() => reopened.promise);
  predecessor.open();
  receive(hello(), { is: "row", row: rowOf("AAAA") }, moveOf("AAAA"));
  lose();
  expect(lost).toEqual([]);
  reopened.resolve(refusal(REFUSAL.restarting, "busy"));
  await nextTurn();
  expect(lost).toEqual(["AAAA"]);
});

test("[GENERATION-7] a move that is asked for again opens one room; one that comes too late opens none", async () => {
  const { receive, answers, opened, predecessor } = follow();
  predecessor.open();
  receive(hello(), { is: "row", row: rowOf("AAAA") });
  receive(moveOf("AAAA", monotonicMs() - 1));
  await nextTurn();
  expect([opened, answers()]).toEqual([[], [expect.objectContaining({ status: REFUSAL.restarting })]]);
  receive(moveOf("AAAA", monotonicMs() + 60_000, 2), moveOf("AAAA", monotonicMs() + 60_000, 3));
  await nextTurn();
  receive(moveOf("AAAA", monotonicMs() - 1, 4));
  await nextTurn();
  expect(opened).toEqual(["AAAA"]);
  expect(answers().slice(1)).toEqual([answered(null), answered(null), answered(null)]);
});

test("[GENERATION-8] rooms of another version take nobody new: quick play finds others, a join by code is to try again", async () => {
  const { receive, own, predecessor, sent } = follow();
  predecessor.open();
  const row = { ...rowOf("AAAA"), metadata: open };
  receive(hello(), { is: "row", row });
  expect(await own.withPlace(undefined)).toEqual([row]);
  receive(hello(PROTOCOL_VERSION + 1), { is: "row", row });
  expect([await own.withPlace(undefined), await own.listed()]).toEqual([[], []]);
  expect(await own.find("AAAA")).toMatchObject({ roomId: "AAAA" });
  const join = await predecessor.rooms.ask("AAAA", "mayEnter", {} as never);
  expect(join).toMatchObject({ status: REFUSAL.restarting, retryAfterSec: 5 });
  // Those who have a seat come back.
  void predecessor.rooms.ask("AAAA", "holderOf", { token: "", identity: undefined });
  expect(sent).toMatchObject([{ is: "ask", asked: { name: "holderOf" } }]);
});

test("[GENERATION-9] a successor gets the snapshots that there are, and does not miss a room whose process has died", async () => {
  const { link, sent } = connect();
  const own = new LocalDirectory();
  const reviving = new Map<string, Promise<void>>();
  own.settled = (code) => reviving.get(code);
  for (const code of ["AAAA", "BBBB"]) own.put(rowOf(code));
  const successor = new Successor(link, {
    ...{ local: own, progress: new RelayedProgress(), snapshotOf: (code: string) => `of ${code}` },
  } as unknown as SuccessorOptions);
  const told = (is: Message["is"]) =>
    sent.filter((message) => message.is === is).map((each) => "code" in each && each.code);
  expect(told("snapshot")).toEqual(["AAAA", "BBBB"]);
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const code of ["AAAA", "BBBB"]) own.remove(code, FORMER);
  reviving.set("AAAA", promise);
  await nextTurn();
  await nextTurn();
  expect(told("gone")).toEqual(["BBBB"]);
  own.put(rowOf("AAAA"));
  reviving.clear();
  resolve();
  await nextTurn();
  expect(told("gone")).toEqual(["BBBB"]);
  link.lose();
  expect(await successor.move({ of: "move", snapshot: roomSnapshotOf("AAAA") })).toMatchObject({ ok: false });
});
