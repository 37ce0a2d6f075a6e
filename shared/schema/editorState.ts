/** The state of an editor room: the draft itself (shared/editor/draft.ts), and who draws. */
import { type SchemaType, schema, t } from "@colyseus/schema";
import { type ObjectLayer, ROW_WORDS, SIDE_MAX } from "#shared/editor/draft.ts";
import type { Role } from "#shared/protocol/editor.ts";

export const EditorObject = schema(
  {
    layer: t.string<ObjectLayer>(),
    type: t.string(),
    name: t.string(),
    x: t.float64(),
    y: t.float64(),
    width: t.float64(),
    height: t.float64(),
  },
  "EditorObject",
);

export const Editor = schema(
  {
    name: t.string(),
    role: t.string<Role>(),
    /** Index into the hues of people. */
    colour: t.uint8(),
    /** The pointer, px; negative while it is not over the map. */
    x: t.int16(),
    y: t.int16(),
    tool: t.string(),
    /** Numbers of the selected objects, separated by commas. */
    selected: t.string(),
    /** False while the seat waits for its owner to return. */
    connected: t.boolean(),
    /** The number of the last command of this tab that the room has dealt with. */
    acked: t.uint32(),
  },
  "Editor",
);
export type Editor = SchemaType<typeof Editor>;

export const EditorState = schema(
  {
    /** Bits of cells: ROW_WORDS words a row, SIDE_MAX rows. */
    walls: t.array("uint32"),
    bushes: t.array("uint32"),
    objects: t.map(EditorObject),
    properties: t.map("string"),
    editors: t.map(Editor),
    /** Side of a tile, px. */
    tilePx: t.uint16(),
    /** Steps of the log so far. */
    seq: t.uint32(),
    /** The step up to which the draft is stored. */
    storedSeq: t.uint32(),
    /** Versions saved so far. */
    versions: t.uint16(),
    /** Code of the room in which everybody tries the arena; empty while they draw. */
    trying: t.string(),
    /** The name of the person who began to try it. */
    triedBy: t.string(),
  },
  "EditorState",
);
export type EditorState = SchemaType<typeof EditorState>;

export const CELL_WORDS = SIDE_MAX * ROW_WORDS;
