/** The account screen: a guest keeps the progress under a name or signs in; the owner of an account manages it. */
import { useEffect, useState } from "preact/hooks";
import type { ProgressCalls } from "#client/progressCalls.ts";
import { Pane } from "#client/ui/front/Pane.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Guest } from "./Guest.tsx";
import { Owner } from "./Owner.tsx";
import { sentenceOf } from "./task.ts";
import "./account.css";

interface AccountProps {
  /** A transfer code from a scanned link. */
  code?: string | undefined;
  /** From an OpenID provider: signs in, once. */
  ticket?: string | undefined;
}

type Arrival = { is: "waiting" } | { is: "here"; notice: string } | { is: "failed"; text: string };

export function Account({ code, ticket }: AccountProps) {
  const { arrival, again } = useArrival(ticket);
  return (
    <Pane title={STRINGS.account.title}>
      <div class="pane-body account" aria-busy={arrival.is === "waiting"}>
        <Arrived arrival={arrival} code={code} again={again} />
      </div>
    </Pane>
  );
}

function Arrived({ arrival, code, again }: { arrival: Arrival; code: string | undefined; again(): void }) {
  const now = me.value;
  if (arrival.is === "waiting") {
    return (
      <div class="looking">
        <Spinner />
        <p role="status">{STRINGS.progress.waiting}</p>
      </div>
    );
  }
  if (arrival.is === "failed" || !now) {
    return (
      <>
        <p role="status">{arrival.is === "failed" && arrival.text}</p>
        <Button look="plain" onPress={again}>
          {STRINGS.progress.again}
        </Button>
      </>
    );
  }
  return (
    <>
      {arrival.notice && (
        <p class="field-error" role="alert">
          {arrival.notice}
        </p>
      )}
      {now.account ? <Owner of={now} account={now.account} /> : <Guest of={now} code={code} />}
    </>
  );
}

/** Asks who the visitor is, after the ticket has been used. */
function useArrival(ticket: string | undefined): { arrival: Arrival; again(): void } {
  const { lasting } = useIntents();
  const [arrival, setArrival] = useState<Arrival>({ is: "waiting" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isStale = false;
    setArrival({ is: "waiting" });
    arrive(lasting, ticket).then((now) => {
      if (!isStale) setArrival(now);
    });
    return () => {
      isStale = true;
    };
  }, [turn]);
  return { arrival, again: () => setTurn(turn + 1) };
}

async function arrive(lasting: ProgressCalls, ticket: string | undefined): Promise<Arrival> {
  let notice = "";
  if (ticket !== undefined) {
    try {
      me.value = await lasting.signInByTicket(ticket);
      return { is: "here", notice };
    } catch (error) {
      notice = sentenceOf(error);
    }
  }
  try {
    me.value = await lasting.me();
    return { is: "here", notice };
  } catch (error) {
    return { is: "failed", text: sentenceOf(error, { unknown: STRINGS.account.closed }) };
  }
}
