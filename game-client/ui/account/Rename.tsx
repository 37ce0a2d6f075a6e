/** Changes the account's name, where that is possible. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { TextField } from "#client/ui/kit/fields.tsx";
import { day } from "#client/ui/kit/figures.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { TaskNotice } from "./TaskNotice.tsx";
import { useTask } from "./task.ts";

/** `from`: milliseconds since 1970; 0 if the name may be changed now. */
export function Rename({ name, from }: { name: string; from: number }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const [typed, setTyped] = useState(name);
  const isOpen = from <= Date.now();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      me.value = await lasting.setName(typed);
    });
  };
  return (
    <section class="account-part">
      <h2 class="account-subtitle">{words.rename}</h2>
      <p class="pane-note">
        {words.renameHow} {!isOpen && words.renameFrom(day(from))}
      </p>
      {isOpen && (
        <form class="account-form" onSubmit={submit}>
          <div class="account-row">
            <TextField name={words.name} value={typed} set={setTyped} maxLength={16} isName />
            <Button look="plain" disabled={task.isBusy || typed.trim() === name}>
              {words.rename}
            </Button>
          </div>
          <TaskNotice of={task} />
        </form>
      )}
    </section>
  );
}
