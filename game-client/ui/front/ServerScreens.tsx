/** The screens between the title and a fight: joining, a server that restarts, does not answer or is newer than the page, and a page that cannot show a fight. */
import type { Obstacle } from "#client/cannotShow.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Card } from "#client/ui/kit/Card.tsx";
import { ReloadButton } from "#client/ui/kit/ReloadButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { lateUntil } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function Joining() {
  return (
    <Card title={STRINGS.joining.title} waiting>
      <p>{lateUntil.value === undefined ? STRINGS.joining.body : STRINGS.joining.late}</p>
      <GiveUp />
    </Card>
  );
}

export function Restarting() {
  return (
    <Card title={STRINGS.restarting.title} waiting>
      <p>{STRINGS.restarting.body}</p>
      <GiveUp />
    </Card>
  );
}

export function Unreachable() {
  const intents = useIntents();
  return (
    <Card title={STRINGS.unreachable.title}>
      <p>{STRINGS.unreachable.body}</p>
      <Button look="primary" autoFocus onPress={() => intents.retry()}>
        {STRINGS.unreachable.again}
      </Button>
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

export function CannotShow({ why }: { why: Obstacle }) {
  const words = STRINGS.cannotShow[why];
  return (
    <Card title={words.title}>
      <p>{words.body}</p>
      <ReloadButton autoFocus />
      <GiveUp />
    </Card>
  );
}

export function Stale() {
  return (
    <Card title={STRINGS.stale.title}>
      <p>{STRINGS.stale.body}</p>
      <ReloadButton autoFocus />
    </Card>
  );
}
