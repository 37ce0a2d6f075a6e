/** A button for an action that cannot be undone: it asks for a confirmation first. */
import { useEffect, useRef, useState } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Button } from "./Button.tsx";
import { Sentence, unmarked } from "./Sentence.tsx";
import "./fields.css";

interface AskOnceProps {
  text: string;
  question: string;
  onYes: () => void;
}

export function AskOnce({ text, question, onYes }: AskOnceProps) {
  const [isAsking, setAsking] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  // The pressed button is gone, so keyboard and gamepad continue from the question.
  useEffect(() => {
    if (isAsking) group.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button look="plain" onPress={() => setAsking(true)}>
        {text}
      </Button>
    );
  }
  return (
    <fieldset ref={group} class="ask-once" aria-label={unmarked(question)}>
      <p>
        <Sentence text={question} />
      </p>
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
