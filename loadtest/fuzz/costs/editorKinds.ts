/** The kinds of frames of an editor's room that are measured: each is a row of the table below. */
import { Protocol } from "@colyseus/sdk";
import { encodeFrame, OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import { type Packable, packed } from "#loadtest/fuzz/plan/msgpackValues.ts";
import { join, wireNumber, wireString } from "#loadtest/fuzz/plan/wireNumbers.ts";
import { SIDE_MAX } from "#shared/editor/draft.ts";
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { CELL_RATE, EDITOR_MESSAGE, EDITOR_MESSAGES } from "#shared/protocol/editor.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Kind } from "./meter.ts";
import type { World } from "./world.ts";

const masks = seededRandom(3);
const request = (type: string, payload: Packable) =>
  encodeFrame(masks, join([Protocol.ROOM_REQUEST], wireNumber(7), wireString(type), packed(payload)), {
    opcode: OPCODE.binary,
  });

const EDITS = 60;
const FILLS = Math.floor(CELL_RATE.burst / (SIDE_MAX ** 2 + 2));
/** A fill of the whole map, and a version of it. */
const DEAR_MAX = 6_000;

/** The nth command of a tab, from 1. */
const edit = (n: number, edits: Packable) => request(EDITOR_MESSAGE.edit, { n, do: "edit", edits });
const value = (n: number) => n % 2;
const stroke = (n: number) =>
  edit(n, [{ do: "paint", layer: "walls", value: value(n), runs: [[n % SIDE_MAX, 3, 5]] }]);
const rows = Array.from({ length: SIDE_MAX }, (_, row) => [row, 0, SIDE_MAX]);
const fill = (n: number) => edit(n, [{ do: "paint", layer: "bushes", value: value(n), runs: rows }]);
const put = (n: number) => {
  const fields = { layer: "spawns", type: "", name: "x".repeat(100), x: n, y: 9, width: 0, height: 0 };
  return edit(n, [{ do: "put", id: String(n), fields }]);
};

const numbered = (count: number, frame: (n: number) => Uint8Array) =>
  Array.from({ length: count }, (_, at) => frame(at + 1));
const times = (count: number, type: string, payload: Packable) =>
  Array<Uint8Array>(count).fill(request(type, payload));
/** Below the limit of the message, beside the commands that make a version differ. */
const halfOf = (type: string) => Math.floor((EDITOR_MESSAGES[type]?.burst ?? 0) / 2);

export function editorKinds(world: World): Kind[] {
  const kind = (name: string, frames: readonly Uint8Array[], eachMax?: number): Kind => ({
    ...{ name: `editor ${name}`, promise: "EDITOR", eachMax },
    async accepted() {
      const { link } = await world.enterEditor();
      return async () => {
        await world.write(link, frames);
        const answer = link.ending ? `closed ${link.ending.code}` : "open";
        link.cut();
        return answer;
      };
    },
    async refused() {
      const { link } = await world.enterEditor();
      const flood = Array<Uint8Array>(1_000).fill(frames[0] ?? new Uint8Array());
      return async () => {
        world.writeAtOnce(link, flood);
        await world.gone(link);
        return `closed ${link.ending?.code}`;
      };
    },
  });
  const cursor = { x: 90, y: 90, tool: "brush", selected: ["7", "8"] };
  return [
    kind("edit: a stroke", numbered(EDITS, stroke)),
    kind("edit: an object", numbered(EDITS, put)),
    kind("edit: a fill", numbered(FILLS, fill), DEAR_MAX),
    kind("undo", [...numbered(10, stroke), ...numbered(10, (n) => undo(n + 10))]),
    kind("cursor", times(halfOf(EDITOR_MESSAGE.cursor), EDITOR_MESSAGE.cursor, cursor)),
    kind("chat", times(CHAT_RATE.burst, EDITOR_MESSAGE.chat, "all your base are belong to us")),
    kind("save", times(halfOf(EDITOR_MESSAGE.save), EDITOR_MESSAGE.save, { note: "x" }), DEAR_MAX),
    kind("restore", times(halfOf(EDITOR_MESSAGE.restore), EDITOR_MESSAGE.restore, 1)),
    kind("try", times(1, EDITOR_MESSAGE.tryOut, { do: "end" })),
    kind("malformed edit", [edit(1, [{ do: "paint", layer: "walls", value: 2, runs: rows }])]),
  ];
}

const undo = (n: number) => request(EDITOR_MESSAGE.edit, { n, do: "undo" });
