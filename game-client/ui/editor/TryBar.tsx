/** Over a fight in which a draft is tried out: the way back to the editor. */
import "./tryBar.css";
import { role } from "#client/editor/editorModel.ts";
import { calls, everybody, tryOut } from "#client/editor/editorRoom.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { BackIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function TryBar() {
  const intents = useIntents();
  const words = STRINGS.editor.tryOut;
  const mayEnd = tryOut.value !== undefined && role.value !== "viewer";
  const isAlone = everybody.value.filter(({ isConnected }) => isConnected).length < 2;
  const back = () => {
    // Nobody else drives there.
    if (mayEnd && isAlone) void calls.value?.tryOut({ do: "end" });
    intents.leave();
  };
  return (
    <div class="over-view">
      <div class="try-bar">
        <Button look="quiet" onPress={back}>
          <BackIcon />
          {words.back}
        </Button>
        {mayEnd && !isAlone && (
          <Button look="quiet" onPress={() => void calls.value?.tryOut({ do: "end" })}>
            {words.end}
          </Button>
        )}
      </div>
    </div>
  );
}
