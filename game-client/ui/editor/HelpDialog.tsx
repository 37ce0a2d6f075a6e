/** The table of the editor's keys. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import { EditorDialog } from "./EditorDialog.tsx";

export function HelpDialog() {
  return (
    <EditorDialog title={STRINGS.editor.help.open}>
      <p class="dialog-note">{STRINGS.editor.help.how}</p>
    </EditorDialog>
  );
}
