/** Says that the others try the arena out, to somebody who has come back to the editor. */
import { calls, tryOut } from "#client/editor/editorRoom.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { mayEdit } from "./panelModel.ts";

export function TryBanner() {
  const now = tryOut.value;
  if (!now) return null;
  const words = STRINGS.editor.tryOut;
  return (
    <section class="editor-trying glass" aria-label={words.open}>
      <p>
        <Sentence text={words.goesOn(called(now.by))} />
      </p>
      <Button look="plain" onPress={() => calls.value?.drive()}>
        {words.join}
      </Button>
      {mayEdit.value && (
        <Button look="quiet" onPress={() => void calls.value?.tryOut({ do: "end" })}>
          {words.end}
        </Button>
      )}
    </section>
  );
}
