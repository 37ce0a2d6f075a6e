/** The proof by bots: matches that they play on the draft, and what came of them. */
import { draft, tilePx } from "#client/editor/editorModel.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { fileOf } from "./draftFile.ts";
import { EditorDialog } from "./EditorDialog.tsx";

export function TrialDialog() {
  return (
    <EditorDialog title={STRINGS.editor.share.prove} size="large">
      <p>{fileOf(draft.value, tilePx.value).length}</p>
    </EditorDialog>
  );
}
