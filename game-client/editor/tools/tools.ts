/** The tools by their names: each turns a press and the moves after it into edits. */
import type { ToolName } from "#client/editor/toolNames.ts";
import { layerOf, type Tool } from "./desk.ts";
import { brush, fill, line, pick, rectangle, stamp } from "./paintTools.ts";
import { put } from "./putTool.ts";
import { select } from "./selectTool.ts";

/** Drawing tools put an object instead while one is in hand. */
const orPut =
  (tool: Tool): Tool =>
  (desk, press) =>
    (layerOf(desk.paint) ? put : tool)(desk, press);

/** The view is moved by the pointers themselves. */
export const TOOLS: Readonly<Record<Exclude<ToolName, "pan">, Tool>> = {
  brush: orPut(brush),
  line: orPut(line),
  rectangle: orPut(rectangle),
  fill: orPut(fill),
  pick,
  select,
  stamp,
};
