/** The proof by bots: matches that they play on the draft, and what came of them. */
import { useState } from "preact/hooks";
import { draft } from "#client/editor/editorModel.ts";
import { tmjOf } from "#client/editor/originFile.ts";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { EditorDialog } from "./EditorDialog.tsx";

const TrialPanel = lazily(async () => (await import("#client/ui/trial/TrialPanel.tsx")).default, {
  waiting: () => STRINGS.front.loading,
});

export function TrialDialog() {
  // Others may draw on: the bots play on what is there now.
  const [tiledJson] = useState(() => JSON.stringify(tmjOf(draft.peek())));
  return (
    <EditorDialog title={STRINGS.editor.share.prove} size="large">
      <TrialPanel tiledJson={tiledJson} />
    </EditorDialog>
  );
}
