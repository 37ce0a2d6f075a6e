/** What the page says when the server cannot be played on: restarting, out of reach, newer than the page. */
import { Button } from "#client/ui/kit/Button.tsx";
import { Card } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function Restarting() {
  return (
    <Card title={STRINGS.restarting.title} waiting>
      <p>{STRINGS.restarting.body}</p>
      <GiveUp />
    </Card>
  );
}

function GiveUp() {
  const intents = useIntents();
  return (
    <Button look="plain" onPress={() => intents.leave()}>
      {STRINGS.front.back}
    </Button>
  );
}

export function Unreachable({ reason }: { reason: string }) {
  const intents = useIntents();
  return (
    <Card title={STRINGS.unreachable.title}>
      <p>{STRINGS.unreachable.body}</p>
      {reason && <p class="card-reason">{reason}</p>}
      <Button look="primary" autoFocus onPress={() => intents.retry()}>
        {STRINGS.unreachable.again}
      </Button>
      <GiveUp />
    </Card>
  );
}

export function Stale() {
  const intents = useIntents();
  return (
    <Card title={STRINGS.stale.title}>
      <p>{STRINGS.stale.body}</p>
      <Button look="primary" autoFocus onPress={() => intents.reload()}>
        {STRINGS.stale.reload}
      </Button>
    </Card>
  );
}
