/** Leads to the OpenID provider, which sends the browser back with a ticket. */
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import type { Task } from "./task.ts";

interface OpenIdButtonProps {
  text: string;
  task: Task;
  /** Links the provider with the device's account, instead of signing in. */
  links?: boolean;
}

export function OpenIdButton({ text, task, links = false }: OpenIdButtonProps) {
  const { lasting } = useIntents();
  const leave = () =>
    void task.run(async () => {
      location.assign(await lasting.openIdAddress(links));
    });
  return (
    <Button look="plain" disabled={task.isBusy} onPress={leave}>
      {text}
    </Button>
  );
}
