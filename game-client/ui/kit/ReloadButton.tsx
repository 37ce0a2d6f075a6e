/** Reloads the page, or says that the server does not answer. */
import { useState } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Button } from "./Button.tsx";

export function ReloadButton({ autoFocus = false }: { autoFocus?: boolean }) {
  const intents = useIntents();
  const [isAway, setAway] = useState(false);
  const press = async () => {
    setAway(false);
    setAway(!(await intents.reload()));
  };
  return (
    <>
      <p role="status" class="reload-state">
        {isAway && STRINGS.front.gate.unreachable}
      </p>
      <Button look="primary" autoFocus={autoFocus} onPress={() => void press()}>
        {STRINGS.stale.reload}
      </Button>
    </>
  );
}
