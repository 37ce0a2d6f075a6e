/** The ways into an account: passkeys and an OpenID provider, each with its dates, added and removed here. */
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { day } from "#client/ui/kit/figures.ts";
import { KeyIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { AccountState, Me } from "#shared/protocol/progress.ts";
import { OpenIdButton } from "./OpenIdButton.tsx";
import { TaskNotice } from "./TaskNotice.tsx";
import { useTask } from "./task.ts";

interface PasskeysProps {
  of: AccountState;
  offers: Me["offers"];
}

export function Passkeys({ of, offers }: PasskeysProps) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const isFirst = of.passkeys.length === 0;
  const add = () =>
    void task.run(
      async () => {
        me.value = await lasting.addPasskey();
      },
      { noPasskey: words.notMade },
    );
  const remove = (id: string) =>
    void task.run(async () => {
      me.value = await lasting.removeCredential(id);
    });
  return (
    <section class="account-part">
      <h2 class="account-subtitle">{words.passkeys}</h2>
      <p class="pane-note">{noteFor(of, offers.passkeys)}</p>
      <ul class="account-list">
        {of.passkeys.map((passkey) => (
          <WayIn
            key={passkey.id}
            text={words.passkeyOf(day(passkey.createdAt))}
            usedAt={passkey.usedAt}
            question={words.removeSure}
            remove={() => remove(passkey.id)}
          />
        ))}
        {of.openid.map(({ id, name, createdAt, usedAt }) => (
          <WayIn
            key={id}
            text={words.linked(name, day(createdAt))}
            usedAt={usedAt}
            question={words.unlinkSure(name)}
            remove={() => remove(id)}
          />
        ))}
      </ul>
      <div class="pane-acts">
        {offers.passkeys && (
          <Button look={isFirst ? "primary" : "plain"} disabled={task.isBusy} onPress={add}>
            <KeyIcon />
            {words.addPasskey}
          </Button>
        )}
        {offers.openid !== null && of.openid.length === 0 && (
          <OpenIdButton text={words.link(offers.openid)} task={task} links />
        )}
      </div>
      <TaskNotice of={task} />
    </section>
  );
}

function noteFor({ passkeys, openid, devices }: AccountState, areOffered: boolean): string {
  const words = STRINGS.account;
  if (!areOffered) return words.noPasskeysHere;
  return passkeys.length === 0 && openid.length === 0 && devices <= 1
    ? words.noPasskeyYet
    : words.passkeysHow;
}

interface WayInProps {
  text: string;
  usedAt: number | null;
  /** Asked before it is removed. */
  question: string;
  remove(): void;
}

function WayIn({ text, usedAt, question, remove }: WayInProps) {
  const words = STRINGS.account;
  return (
    <li class="account-item">
      <span>
        {text}
        <span class="account-used">{usedAt === null ? words.neverUsed : words.passkeyUsed(day(usedAt))}</span>
      </span>
      <AskOnce text={words.remove} question={question} onYes={remove} />
    </li>
  );
}
