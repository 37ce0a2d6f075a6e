/** The table of the editor's keys, and what fingers and gamepads do. */
import { type EditorCommand, type HeldKey, SHORTCUTS, type Shortcut } from "#client/editor/editorKeys.ts";
import { PAINTS, TOOL_NAMES } from "#client/editor/toolNames.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { EditorDialog } from "./EditorDialog.tsx";

export function HelpDialog() {
  const words = STRINGS.editor.help;
  return (
    <EditorDialog title={words.open} size="large">
      <p class="dialog-note">{words.how}</p>
      <dl class="editor-help">
        {SHORTCUTS.map((shortcut) => (
          <Line key={`${shortcut.does} ${shortcut.keys[0]}`} of={shortcut} />
        ))}
      </dl>
      <p class="dialog-note">{words.touch}</p>
      <p class="dialog-note">{words.pad}</p>
    </EditorDialog>
  );
}

function Line({ of: { does, keys, ctrl, shift } }: { of: Shortcut }) {
  return (
    <div class="editor-help-line">
      <dt translate={false}>
        {ctrl && <kbd>{IS_MAC ? "⌘" : "Ctrl"}</kbd>}
        {shift && <kbd>⇧</kbd>}
        {keys.map((key) => (
          <kbd key={key}>{KEY_NAMES[key] ?? key.toUpperCase()}</kbd>
        ))}
      </dt>
      <dd>{nameOf(does)}</dd>
    </div>
  );
}

const IS_MAC = /Mac|iP(hone|ad)/.test(navigator.platform);

const KEY_NAMES: Readonly<Record<string, string>> = {
  ...{ ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" },
  ...{ " ": "␣", Enter: "⏎", Backspace: "⌫", Delete: "Del", Escape: "Esc", Shift: "⇧", Alt: "Alt" },
};

function nameOf(does: EditorCommand | HeldKey): string {
  const { tools, paints, help, grid, undo, redo, zoomIn, zoomOut, fit } = STRINGS.editor;
  const tool = TOOL_NAMES.find((name) => name === does);
  if (tool) return tools[tool];
  const paint = PAINTS.find((name) => name === does);
  if (paint) return paints[paint];
  const others = { ...help.keys, grid, undo, redo, zoomIn, zoomOut, fit };
  return others[does as keyof typeof others];
}
