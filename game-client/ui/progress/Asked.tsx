/** A part of a page that waits for an answer of the server, and says so when none comes. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CallFailed, type Failure } from "#client/progressCalls.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";

export type Asked<Answer> =
  | { is: "waiting" }
  | { is: "here"; answer: Answer }
  | { is: "failed"; why: Failure };

/** Asks on arrival, and on each `again`. `ask` must not change while the component lives. */
export function useAsked<Answer>(ask: () => Promise<Answer>): { asked: Asked<Answer>; again(): void } {
  const [asked, setAsked] = useState<Asked<Answer>>({ is: "waiting" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isStale = false;
    setAsked({ is: "waiting" });
    ask().then(
      (answer) => !isStale && setAsked({ is: "here", answer }),
      (error) => !isStale && setAsked({ is: "failed", why: whyOf(error) }),
    );
    return () => {
      isStale = true;
    };
  }, [turn]);
  return { asked, again: () => setTurn(turn + 1) };
}

export const whyOf = (error: unknown): Failure => (error instanceof CallFailed ? error.why : "offline");

interface ShownProps<Answer> {
  asked: Asked<Answer>;
  again(): void;
  /** Replaces the general sentence when the name or id does not exist. */
  unknown: string;
  children(answer: Answer): ComponentChildren;
}

export function Shown<Answer>({ asked, again, unknown, children }: ShownProps<Answer>) {
  if (asked.is === "here") return <>{children(asked.answer)}</>;
  if (asked.is === "waiting") return <Waiting />;
  const isUnknown = asked.why === "unknown";
  return (
    <div class="page-empty" role="status">
      <p>{isUnknown ? unknown : STRINGS.account.failures[asked.why]}</p>
      {!isUnknown && (
        <Button look="plain" onPress={again}>
          {STRINGS.progress.again}
        </Button>
      )}
    </div>
  );
}

export function Waiting() {
  return (
    <div class="looking">
      <Spinner />
      <p role="status">{STRINGS.progress.waiting}</p>
    </div>
  );
}
