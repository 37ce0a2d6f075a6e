/** Signing out, the account's data as a file, and deleting it. */
import { useState } from "preact/hooks";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { TextField } from "#client/ui/kit/fields.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { AccountState } from "#shared/protocol/progress.ts";
import { TaskNotice } from "./TaskNotice.tsx";
import { type Task, useTask } from "./task.ts";

export function Leaving({ name, of }: { name: string; of: AccountState }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const signOut = (everywhere: boolean) =>
    void task.run(async () => {
      me.value = await lasting.signOut(everywhere);
    });
  const download = () => void task.run(async () => save(await lasting.data(), `fracas-${name}.json`));
  return (
    <section class="account-part">
      <h2 class="account-subtitle">{words.title}</h2>
      <div class="pane-acts">
        <SignOut of={of} isBusy={task.isBusy} signOut={() => signOut(false)} />
        {of.devices > 1 && (
          <AskOnce text={words.signOutEverywhere} question={words.signOutSure} onYes={() => signOut(true)} />
        )}
        <Button look="plain" disabled={task.isBusy} onPress={download}>
          {words.data}
        </Button>
      </div>
      <Delete name={name} task={task} />
      <TaskNotice of={task} />
    </section>
  );
}

/** Asks for confirmation on the last device of an account without passkey and OpenID: nothing would lead back into it. */
function SignOut({ of, isBusy, signOut }: { of: AccountState; isBusy: boolean; signOut(): void }) {
  const words = STRINGS.account;
  const isLast = of.devices <= 1 && of.passkeys.length === 0 && of.openid.length === 0;
  if (isLast) return <AskOnce text={words.signOut} question={words.signOutLast} onYes={signOut} />;
  return (
    <Button look="plain" disabled={isBusy} onPress={signOut}>
      {words.signOut}
    </Button>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Delete({ name, task }: { name: string; task: Task }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  if (!isOpen) {
    return (
      <div class="pane-acts">
        <Button look="quiet" onPress={() => setOpen(true)}>
          {words.delete}
        </Button>
      </div>
    );
  }
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      me.value = await lasting.deleteAccount(typed.trim());
    });
  };
  return (
    <form class="account-delete" onSubmit={submit} aria-label={words.delete}>
      <p>{words.deleteHow}</p>
      <p>
        <Sentence text={words.deleteName(called(name))} />
      </p>
      <TextField name={words.name} value={typed} set={setTyped} maxLength={16} isName />
      <div class="pane-acts">
        <Button look="plain" onPress={() => setOpen(false)}>
          {words.deleteNo}
        </Button>
        <Button look="danger" disabled={task.isBusy || typed.trim() !== name}>
          {words.delete}
        </Button>
      </div>
    </form>
  );
}
