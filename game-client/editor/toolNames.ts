/** The tools of the editor, what they draw, and the symmetries by which they draw it. */
export const TOOL_NAMES = ["brush", "line", "rectangle", "fill", "pick", "select", "stamp", "pan"] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** Brush, line, rectangle and fill leave one of the first three behind; a press puts an object of the other kinds. */
export const PAINTS = ["wall", "bush", "floor", "spawn", "pickup", "flag", "hill"] as const;
export type Paint = (typeof PAINTS)[number];

/** Everything that is drawn is drawn at its images, too. */
export const SYMMETRIES = ["none", "mirror", "halfTurn", "quarterTurn"] as const;
export type Symmetry = (typeof SYMMETRIES)[number];
