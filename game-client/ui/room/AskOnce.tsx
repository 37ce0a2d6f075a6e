/** A button for what is not easily undone: it asks once before it does it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";

interface AskOnceProps {
  text: string;
  question: string;
  onYes: () => void;
}

export function AskOnce({ text, question, onYes }: AskOnceProps) {
  const [asking, setAsking] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  // The button that was pressed is gone: by keyboard and gamepad one goes on from the question.
  useEffect(() => {
    if (asking) group.current?.querySelector<HTMLElement>("button")?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <Button look="plain" onPress={() => setAsking(true)}>
        {text}
      </Button>
    );
  }
  return (
    <fieldset ref={group} class="ask-once" aria-label={question}>
      <p>{question}</p>
      <Button look="plain" onPress={() => setAsking(false)}>
        {STRINGS.hostActions.confirm.no}
      </Button>
      <Button
        look="danger"
        onPress={() => {
          setAsking(false);
          onYes();
        }}
      >
        {text}
      </Button>
    </fieldset>
  );
}
