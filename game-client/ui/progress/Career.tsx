/** The own career: level, challenges, what the player wears, medals, and lifetime figures. */
import { Pane } from "#client/ui/front/Pane.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { LevelBadge, LevelBar } from "#client/ui/kit/Level.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { MEDAL_NAMES } from "#shared/career/medals.ts";
import type { Me } from "#shared/protocol/progress.ts";
import { Shown, useAsked } from "./Asked.tsx";
import { Challenges } from "./Challenges.tsx";
import { Medals } from "./Medals.tsx";
import { ModeCards } from "./ModeCards.tsx";
import { Figures, Part } from "./Player.tsx";
import { Wardrobe } from "./Wardrobe.tsx";
import { WeaponTable } from "./WeaponTable.tsx";

export function Career() {
  const { lasting } = useIntents();
  const { asked, again } = useAsked(async () => {
    const answer = await lasting.me();
    me.value = answer;
    return answer;
  });
  return (
    <Pane title={STRINGS.career.title} isRead size="large">
      <div class="pane-body page" aria-busy={asked.is === "waiting"}>
        <Shown asked={asked} again={again} unknown={STRINGS.account.failures.unknown}>
          {(answer) => <Own of={me.value ?? answer} />}
        </Shown>
      </div>
    </Pane>
  );
}

function Own({ of }: { of: Me }) {
  const words = STRINGS.career;
  const { career } = of;
  return (
    <>
      <Head of={of} />
      <Challenges of={career.challenges} />
      <Part title={words.wardrobe}>
        <Wardrobe of={of} />
      </Part>
      <Part
        title={`${words.medalsTitle} · ${words.medalsEarned(count(career.medals.length), count(MEDAL_NAMES.length))}`}
      >
        <Medals of={career.medals} lifetime={career.lifetime} />
      </Part>
      <Part title={words.lifetime}>
        <Lifetime of={of} />
      </Part>
    </>
  );
}

function Head({ of: { level, name } }: { of: Me }) {
  const intents = useIntents();
  return (
    <div class="profile-head">
      <LevelBadge level={level.level} />
      <div class="profile-level">
        <LevelBar of={level} />
        <p class="page-quiet">
          <span class="figures">{STRINGS.progress.xp(count(level.xp), count(level.toXp))}</span>
          {name && <PageLink to={{ kind: "player", name }}>{STRINGS.account.profile}</PageLink>}
        </p>
      </div>
      <Button look="plain" onPress={() => intents.open({ kind: "account" })}>
        {name === null ? STRINGS.progress.keep : STRINGS.career.account}
      </Button>
    </div>
  );
}

function Lifetime({ of: { career, ladders } }: { of: Me }) {
  if (career.modes.length === 0) return <p class="page-quiet">{STRINGS.career.none}</p>;
  return (
    <>
      <Figures of={career} arena={undefined} />
      <ModeCards of={{ modes: career.modes, ladders: ladders.map((ladder) => ({ ...ladder, curve: [] })) }} />
      {career.weapons.length > 0 && (
        <WeaponTable of={career.weapons} caption={STRINGS.progress.profile.weapons} />
      )}
    </>
  );
}
