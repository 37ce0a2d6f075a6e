/** Leads to the OpenID provider, which sends the browser back with a ticket. */
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import type { Task } from "./task.ts";

export function OpenIdButton({ text, task }: { text: string; task: Task }) {
  const { lasting } = useIntents();
  const leave = () =>
    void task.run(async () => {
      location.assign(await lasting.openIdAddress());
    });
  return (
    <Button look="plain" disabled={task.isBusy} onPress={leave}>
      {text}
    </Button>
  );
}
