/** Where the player types a room's code, or pastes its link. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { TextField } from "#client/ui/kit/fields.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { CODE_LENGTH, readRoomCode } from "#shared/protocol/roomCode.ts";
import { useFocusOnArrival } from "./NameField.tsx";
import { Pane } from "./Pane.tsx";

export function CodeEntry() {
  const intents = useIntents();
  const words = STRINGS.front.codeEntry;
  const field = useFocusOnArrival(true);
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);

  const submit = (event: Event) => {
    event.preventDefault();
    const code = readRoomCode(typed);
    setWrong(code === undefined);
    if (code) intents.open({ kind: "gate", code });
    else field.current?.focus();
  };
  /** A pasted link opens the room at once. */
  const type = (text: string) => {
    setTyped(text);
    setWrong(false);
    const code = /\/r\//.test(text) ? readRoomCode(text) : undefined;
    if (code) intents.open({ kind: "gate", code });
  };
  return (
    <Pane title={STRINGS.front.byCode}>
      <form class="pane-body" onSubmit={submit}>
        <p class="pane-note">{words.how(CODE_LENGTH)}</p>
        <TextField
          field={field}
          name={words.label}
          value={typed}
          set={type}
          look="code"
          error={isWrong ? words.wrong(CODE_LENGTH) : undefined}
        />
        <div class="pane-acts">
          <Button look="primary">{words.go}</Button>
        </div>
      </form>
    </Pane>
  );
}
