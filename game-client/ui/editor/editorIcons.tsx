/** The icons of the editor's tools, paints, symmetries and acts. */
import type { ComponentChildren } from "preact";
import type { Paint, Symmetry, ToolName } from "#client/editor/editorModel.ts";
import { Icon } from "#client/ui/kit/icons.tsx";

const TOOLS: Readonly<Record<ToolName, string>> = {
  brush: "M14 4 20 10 11 19H5V13ZM12 6 18 12",
  line: "M5 19 19 5M3.500 20.500H6.500V17.500H3.500ZM17.500 6.500H20.500V3.500H17.500Z",
  rectangle: "M4 6H20V18H4Z",
  fill: "M11 3 20 12 12 20 3 11ZM3 11H20M21 16V19.500",
  pick: "M15 4 20 9 17 12 12 7ZM14 9 6 17 4 20 7 18 15 10",
  select: "M4 8V4H8M12 4H13M17 4H20V8M20 12V13M20 17V20H16M12 20H11M7 20H4V16M4 12V11",
  stamp: "M9 4H15L14 11H19V16H5V11H10ZM5 20H19",
  pan: "M12 3V21M3 12H21M9 6 12 3 15 6M9 18 12 21 15 18M6 9 3 12 6 15M18 9 21 12 18 15",
};

export const ToolIcon = ({ tool }: { tool: ToolName }) => <Line d={TOOLS[tool]} />;

const PAINTS: Readonly<Record<Paint, { line?: string; solid?: string }>> = {
  wall: { line: "M3 5H21V19H3ZM3 12H21M9 5V12M15 12V19" },
  bush: { line: "M12 20V14M6 15 3 12 6 8 8 4H13L17 6 21 10 19 15 15 17H9Z" },
  floor: { line: "M8 19 3 14 14 3 21 10 12 19ZM8.500 8.500 15.500 15.500M12 20.500H21" },
  spawn: { line: "M12 2V6M12 18V22M2 12H6M18 12H22", solid: "M12 8 16 12 12 16 8 12Z" },
  pickup: { line: "M12 2.500 21.500 12 12 21.500 2.500 12ZM12 8V16M8 12H16" },
  flag: { line: "M5 22V3H19L15 8.500 19 14H5" },
  hill: {
    line: "M3 3H7M11 3H13M17 3H21V7M21 11V13M21 17V21H17M13 21H11M7 21H3V17M3 13V11M3 7V3M12 8 16 12 12 16 8 12Z",
  },
};

export function PaintIcon({ paint }: { paint: Paint }) {
  const { line, solid } = PAINTS[paint];
  return (
    <Icon>
      {line && <path d={line} />}
      {solid && <path class="icon-solid" d={solid} />}
    </Icon>
  );
}

const SYMMETRIES: Readonly<Record<Symmetry, string>> = {
  none: "M6 6H14V14H6Z",
  mirror: "M12 2V22M3 8H9V16H3ZM15 8H21V16H15Z",
  halfTurn: "M4 4H10V10H4ZM14 14H20V20H14ZM14 4 19 4 19 9M10 20 5 20 5 15",
  quarterTurn: "M3 3H9V9H3ZM15 3H21V9H15ZM3 15H9V21H3ZM15 15H21V21H15Z",
};

export const SymmetryIcon = ({ symmetry }: { symmetry: Symmetry }) => <Line d={SYMMETRIES[symmetry]} />;

const Line = ({ d }: { d: string }) => (
  <Icon>
    <path d={d} />
  </Icon>
);

const icon = (d: string) => () => <Line d={d} />;

export const GridIcon = icon("M4 4H20V20H4ZM4 9.500H20M4 14.500H20M9.500 4V20M14.500 4V20");
export const UndoIcon = icon("M8 4 3 9 8 14M3 9H15L20 13V16L16 20H9");
export const RedoIcon = icon("M16 4 21 9 16 14M21 9H9L4 13V16L8 20H15");
export const ZoomInIcon = icon("M7 3H13L17 7V13L13 17H7L3 13V7ZM15.500 15.500 21 21M10 7V13M7 10H13");
export const ZoomOutIcon = icon("M7 3H13L17 7V13L13 17H7L3 13V7ZM15.500 15.500 21 21M7 10H13");
export const FitIcon = icon("M3 9V3H9M15 3H21V9M21 15V21H15M9 21H3V15M9 9H15V15H9Z");
export const HelpIcon = icon("M8 7V5L10 3H14L16 5V9L12 12V15M12 19.500V20");
export const PanelIcon = icon("M3 4H21V20H3ZM14 4V20M17 8.500H18M17 12H18");

/** A light: lit where the draft can be played. */
export function Light({ isOn }: { isOn: boolean }) {
  return (
    <svg class={isOn ? "light light-on" : "light"} viewBox="0 0 16 16" aria-hidden="true">
      {isOn ? <path d="M2 8.500 6.500 13 14 3.500" /> : <path d="M8 2 15 14H1ZM8 6.500V10M8 12V12.100" />}
    </svg>
  );
}

export function Dot({ hue, children }: { hue: string; children?: ComponentChildren }) {
  return (
    <span class="editor-dot" style={{ "--person": hue }} aria-hidden="true">
      {children}
    </span>
  );
}
