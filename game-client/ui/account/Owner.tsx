/** The account screen for its owner: profile, passkeys, other devices, name, data, and the way out. */
import { count } from "#client/ui/kit/figures.ts";
import { LevelBadge, LevelBar } from "#client/ui/kit/Level.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { AccountState, Me } from "#shared/protocol/progress.ts";
import { Devices } from "./Devices.tsx";
import { Leaving } from "./Leaving.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { Rename } from "./Rename.tsx";

export function Owner({ of, account }: { of: Me; account: AccountState }) {
  const words = STRINGS.account;
  const name = of.name ?? "";
  return (
    <>
      <section class="account-part">
        <div class="account-level">
          <LevelBadge level={of.level.level} />
          <div>
            <h2 class="account-name" translate={false}>
              {name}
            </h2>
            <LevelBar of={of.level} />
            <p class="account-line">
              <span class="pane-note figures">
                {STRINGS.progress.xp(count(of.level.xp), count(of.level.toXp))}
              </span>
              <PageLink to={{ kind: "player", name }}>{words.profile}</PageLink>
            </p>
          </div>
        </div>
      </section>
      <Passkeys of={account} offers={of.offers} />
      <Devices of={account} />
      <Rename name={name} from={account.renameFrom} />
      <Leaving name={name} of={account} />
    </>
  );
}
