/** Takes the account to another device by a code that works once. */
import { useEffect, useState } from "preact/hooks";
import { transferPath } from "#client/pagePaths.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { QrCode } from "#client/ui/kit/QrCode.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { clock } from "#shared/figures/clock.ts";
import type { AccountState } from "#shared/protocol/progress.ts";
import { inGroups } from "./codeGroups.ts";
import { TaskNotice } from "./TaskNotice.tsx";
import { useTask } from "./task.ts";

/** The server's lifetime of a code. Counted from the code's arrival, because the device's clock may be wrong. */
const CODE_LASTS_MS = 5 * 60_000;

interface Made {
  code: string;
  /** On the clock of performance.now(). */
  untilMs: number;
}

export function Devices({ of }: { of: AccountState }) {
  const { lasting } = useIntents();
  const words = STRINGS.account;
  const task = useTask();
  const [made, setMade] = useState<Made>();
  const make = () =>
    void task.run(async () => {
      const { code } = await lasting.makeCode();
      setMade({ code: inGroups(code), untilMs: performance.now() + CODE_LASTS_MS });
    });
  return (
    <section class="account-part">
      <h2 class="account-subtitle">{words.otherDevice}</h2>
      <p class="pane-note">
        {words.devices(of.devices)} {words.codeHow}
      </p>
      {made && <Code key={made.code} of={made} />}
      <div class="pane-acts">
        <Button look="plain" disabled={task.isBusy} onPress={make}>
          {made ? words.newCode : words.makeCode}
        </Button>
      </div>
      <TaskNotice of={task} />
    </section>
  );
}

function Code({ of: { code, untilMs } }: { of: Made }) {
  const words = STRINGS.account;
  const leftSec = useSecondsUntil(untilMs);
  if (leftSec <= 0) return <p role="status">{words.codeOver}</p>;
  return (
    <div class="transfer">
      <QrCode link={location.origin + transferPath(code)} label={words.qrOf(code)} />
      <div class="transfer-text">
        <output class="transfer-code" translate={false}>
          {code}
        </output>
        <p class="pane-note">{words.codeThere}</p>
        <p class="pane-note figures">{words.codeLeft(clock(leftSec))}</p>
      </div>
    </div>
  );
}

function useSecondsUntil(atMs: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((atMs - now) / 1000);
}
