/** The account screen for a guest: keep the progress under a name, or sign in to an account. */
import { useState } from "preact/hooks";
import { useFocusOnArrival } from "#client/ui/front/NameField.tsx";
import { recallName } from "#client/ui/front/rememberedName.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { TextField } from "#client/ui/kit/fields.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { KeyIcon } from "#client/ui/kit/icons.tsx";
import { LevelBadge, LevelBar } from "#client/ui/kit/Level.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Level, Me } from "#shared/protocol/progress.ts";
import { OpenIdButton } from "./OpenIdButton.tsx";
import { TaskNotice } from "./TaskNotice.tsx";
import { useTask } from "./task.ts";

export function Guest({ of, code }: { of: Me; code: string | undefined }) {
  const words = STRINGS.account;
  const hasPlayed = of.level.xp > 0;
  const keeping = (
    <section class="account-part">
      <h2 class="account-subtitle">{words.guestTitle}</h2>
      {hasPlayed && <SoFar of={of.level} />}
      <p class="pane-note">{hasPlayed ? words.guestBody : words.guestNone}</p>
      <KeepForm isFirst={code === undefined} />
    </section>
  );
  const signingIn = <SignIn of={of} code={code} />;
  return code === undefined ? (
    <>
      {keeping}
      {signingIn}
    </>
  ) : (
    <>
      {signingIn}
      {keeping}
    </>
  );
}

function SoFar({ of }: { of: Level }) {
  return (
    <div class="account-level">
      <LevelBadge level={of.level} />
      <div>
        <LevelBar of={of} />
        <p class="pane-note figures">{STRINGS.progress.xp(count(of.xp), count(of.toXp))}</p>
      </div>
    </div>
  );
}

/** `isFirst`: the screen's primary action, whose field has the focus. */
function KeepForm({ isFirst }: { isFirst: boolean }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const field = useFocusOnArrival(isFirst);
  const [name, setName] = useState(recallName());
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      me.value = await lasting.setName(name);
    });
  };
  return (
    <form class="account-form" onSubmit={submit}>
      <div class="account-row">
        <TextField field={field} name={words.name} value={name} set={setName} maxLength={16} isName />
        <Button look={isFirst ? "primary" : "plain"} disabled={task.isBusy}>
          {words.keep}
        </Button>
      </div>
      <TaskNotice of={task} />
      <p class="pane-note">{words.noData}</p>
    </form>
  );
}

function SignIn({ of: { offers, level }, code }: { of: Me; code: string | undefined }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const enter = (signIn: () => Promise<Me>) =>
    void task.run(async () => {
      me.value = await signIn();
    });
  const { openid } = offers;
  return (
    <section class="account-part">
      <h2 class="account-subtitle">{words.signInTitle}</h2>
      {level.xp > 0 && <p class="pane-note">{words.signInBody}</p>}
      {(offers.passkeys || openid !== null) && (
        <div class="pane-acts">
          {offers.passkeys && (
            <Button
              look="plain"
              disabled={task.isBusy}
              onPress={() => enter(() => lasting.signInByPasskey())}
            >
              <KeyIcon />
              {words.byPasskey}
            </Button>
          )}
          {openid !== null && <OpenIdButton text={words.byOpenId(openid)} task={task} />}
        </div>
      )}
      <CodeForm
        code={code}
        isBusy={task.isBusy}
        claim={(typed) => enter(() => lasting.signInByCode(typed))}
      />
      <TaskNotice of={task} />
    </section>
  );
}

interface CodeFormProps {
  code: string | undefined;
  isBusy: boolean;
  claim(code: string): void;
}

function CodeForm({ code = "", isBusy, claim }: CodeFormProps) {
  const words = STRINGS.account;
  const [typed, setTyped] = useState(code);
  const field = useFocusOnArrival(code !== "");
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.trim()) claim(typed.trim());
    else field.current?.focus();
  };
  return (
    <form class="account-row" onSubmit={submit}>
      <TextField field={field} name={words.code} value={typed} set={setTyped} maxLength={32} look="code" />
      <Button look={code === "" ? "plain" : "primary"} disabled={isBusy}>
        {words.byCode}
      </Button>
    </form>
  );
}
