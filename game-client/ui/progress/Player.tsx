/** A player's page: level, ratings with their curves, sums, weapons, medals and the latest matches. */
import type { ComponentChildren } from "preact";
import { Pane } from "#client/ui/front/Pane.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { count, day, percent, played, ratio } from "#client/ui/kit/figures.ts";
import { LevelBadge, LevelBar } from "#client/ui/kit/Level.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { unpackLook } from "#shared/career/looks.ts";
import { sumUp } from "#shared/figures/sums.ts";
import type { PlayerProfile } from "#shared/protocol/progress.ts";
import { Shown, useAsked } from "./Asked.tsx";
import { EmblemPicture, HullPicture } from "./LookPreview.tsx";
import { MatchList } from "./MatchList.tsx";
import { Medals } from "./Medals.tsx";
import { ModeCards } from "./ModeCards.tsx";
import { WeaponTable } from "./WeaponTable.tsx";

export function Player({ name }: { name: string }) {
  const { lasting } = useIntents();
  const { asked, again } = useAsked(() => lasting.player(name));
  // A former name answers with the present one.
  const title = asked.is === "here" ? asked.answer.name : name;
  return (
    <Pane title={title} isName isRead size="large">
      <div class="pane-body page" aria-busy={asked.is === "waiting"}>
        <Shown asked={asked} again={again} unknown={STRINGS.progress.profile.unknown}>
          {(profile) => <Profile of={profile} />}
        </Shown>
      </div>
    </Pane>
  );
}

function Profile({ of }: { of: PlayerProfile }) {
  const words = STRINGS.progress.profile;
  const [favourite] = of.arenas;
  return (
    <>
      <Head of={of} />
      <Figures of={of} arena={favourite} />
      {of.modes.length + of.ladders.length > 0 && (
        <Part title={words.modes}>
          <ModeCards of={of} />
        </Part>
      )}
      {of.weapons.length > 0 && (
        <Part title={words.weapons}>
          <WeaponTable of={of.weapons} caption={words.weapons} />
        </Part>
      )}
      {of.medals.length > 0 && (
        <Part title={words.medals}>
          <Medals of={of.medals} />
        </Part>
      )}
      <Part title={words.latest}>
        <MatchList of={of.matches} />
      </Part>
    </>
  );
}

export function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="page-part">
      <h2 class="page-subtitle">{title}</h2>
      {children}
    </section>
  );
}

function Head({ of: { level, joinedAt, name, look } }: { of: PlayerProfile }) {
  const intents = useIntents();
  const words = STRINGS.progress;
  const { pattern, emblem, title } = unpackLook(look);
  return (
    <div class="profile-head">
      <LevelBadge level={level.level} />
      {pattern !== "plain" && <HullPicture pattern={pattern} />}
      {emblem !== "plain" && <EmblemPicture emblem={emblem} />}
      {title !== "plain" && <p class="profile-title">{STRINGS.career.looks.title[title]}</p>}
      <div class="profile-level">
        <LevelBar of={level} />
        <p class="page-quiet">
          <span class="figures">{words.xp(count(level.xp), count(level.toXp))}</span>
          <span>{words.profile.since(day(joinedAt))}</span>
        </p>
      </div>
      {me.value?.name === name && (
        <Button look="plain" onPress={() => intents.open({ kind: "account" })}>
          {words.profile.own}
        </Button>
      )}
    </div>
  );
}

type SummedUp = Pick<PlayerProfile, "modes" | "weapons">;

export function Figures({ of, arena }: { of: SummedUp; arena: PlayerProfile["arenas"][number] | undefined }) {
  const words = STRINGS.progress.profile;
  const sums = sumUp(of);
  if (sums.matches === 0) return null;
  return (
    <dl class="page-figures">
      <Figure name={words.matches}>{count(sums.matches)}</Figure>
      <Figure name={words.winRate}>{percent(sums.winShare)}</Figure>
      <Figure name={words.killsPerDeath}>{ratio(sums.kills, sums.deaths)}</Figure>
      <Figure name={words.accuracy}>{percent(sums.hitShare)}</Figure>
      <Figure name={words.bestStreak}>{count(sums.bestStreak)}</Figure>
      <Figure name={words.played}>{played(sums.playedSec)}</Figure>
      {arena && (
        <Figure name={words.arena}>
          <MapName map={arena.arena} title={arena.arenaTitle} />
        </Figure>
      )}
    </dl>
  );
}

export function Figure({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="figures">{children}</dd>
    </div>
  );
}
