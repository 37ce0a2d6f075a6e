/** Asks in which mode, and against how many bots, everybody in the editor tries the arena out. */
import { useState } from "preact/hooks";
import { modes as playableModes } from "#client/editor/editorModel.ts";
import { calls } from "#client/editor/editorRoom.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Amount, Choice } from "#client/ui/kit/fields.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { EditorDialog } from "./EditorDialog.tsx";
import { closeDialog, tell } from "./panelModel.ts";

const BOTS = { min: 0, max: 15, usual: 5 } as const;

export function TryDialog() {
  const words = STRINGS.editor.tryOut;
  const modes = playableModes.value;
  const [wanted, setMode] = useState<ModeName | undefined>(undefined);
  const [bots, setBots] = useState<number>(BOTS.usual);
  const [isAsking, setAsking] = useState(false);
  const mode = wanted && modes.includes(wanted) ? wanted : modes[0];
  const begin = async (event: Event) => {
    event.preventDefault();
    if (!mode || isAsking || !(bots >= BOTS.min && bots <= BOTS.max)) return;
    setAsking(true);
    const answer = await calls.value?.tryOut({ do: "begin", mode, bots });
    setAsking(false);
    if (answer && !answer.ok) tell(words.refused);
    closeDialog();
  };
  return (
    <EditorDialog title={words.open} first=".button-primary">
      <form class="editor-form" onSubmit={begin}>
        <p class="dialog-note">{words.how}</p>
        {mode && (
          <Choice
            name={STRINGS.roomSettings.names.mode}
            look="chips"
            value={mode}
            set={(next: ModeName) => setMode(next)}
            options={modes.map((value) => ({ value, text: STRINGS.modes[value] }))}
          />
        )}
        <Amount
          name={STRINGS.roomSettings.names.bots}
          value={bots}
          set={setBots}
          min={BOTS.min}
          max={BOTS.max}
        />
        <Button look="primary" disabled={!mode || isAsking}>
          <PlayIcon />
          {words.begin}
        </Button>
      </form>
    </EditorDialog>
  );
}
