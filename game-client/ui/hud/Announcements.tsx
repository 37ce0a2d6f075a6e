/** The news of the fight over the arena: one's own kills and feats above the middle, headlines under the match's head. */
import { teamHue } from "#client/palette.ts";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import {
  type Announcement,
  announcements,
  type Headline,
  hasBounty,
  headlines,
  ownStreak,
  type ShownFeat,
} from "#client/ui/state/fight.ts";
import { scores } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { FeatIcon } from "./FeatIcon.tsx";

/** More would reach the middle, where one aims. */
const LINES_SHOWN = 4;
/** The HUD shows a streak of this many kills or more. */
const STREAK_SHOWN = 2;

/** No live region: a screen reader would read nothing else. */
export function Announcements() {
  return (
    <div class="announced" aria-hidden="true">
      {announcements.value.slice(-LINES_SHOWN).map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </div>
  );
}

function Line({ line }: { line: Announcement }) {
  if (line.kind === "feat") {
    return (
      <p class={`announced-line announced-feat announced-${line.feat}`}>
        <FeatIcon feat={line.feat} />
        {featText(line)}
      </p>
    );
  }
  const { name, team } = line.victim;
  return (
    <p class="announced-line announced-kill" style={{ "--hue": teamHue(team) }}>
      <Sentence text={STRINGS.fight.killed(called(name))} />
    </p>
  );
}

export const featText = ({ feat, value }: ShownFeat): string => STRINGS.fight.feats[feat](value);

/** The newest only. */
export function Headlines() {
  const newest = headlines.value.at(-1);
  return (
    <div class="headline-place" aria-hidden="true">
      {newest && (
        <p key={newest.key} class="headline">
          <Sentence text={headlineText(newest)} />
        </p>
      )}
    </div>
  );
}

function headlineText(news: Headline): string {
  const words = STRINGS.fight;
  if (news.kind === "streak") return words.onStreak(called(news.name), news.kills);
  if (news.mine === "by") return words.youEnded(called(news.of));
  return news.mine === "of"
    ? words.endedYours(called(news.by))
    : words.ended(called(news.by), called(news.of));
}

/** The player's own streak, and whether others get a bounty for ending it. */
export function OwnStreak() {
  const kills = ownStreak.value;
  const own = scores.value.find(({ self }) => self)?.id;
  const isWanted = own !== undefined && hasBounty(own);
  if (kills < STREAK_SHOWN && !isWanted) return null;
  return (
    <p class="own-streak">
      {kills >= STREAK_SHOWN && (
        <span class="own-streak-kills">
          <FeatIcon feat="streak" />
          <span class="visually-hidden">{STRINGS.fight.feats.streak(kills)}</span>
          <span class="figures" aria-hidden="true">
            {kills}
          </span>
        </span>
      )}
      {isWanted && (
        <span class="own-bounty">
          <FeatIcon feat="bounty" />
          {STRINGS.fight.bountyOnYou}
        </span>
      )}
    </p>
  );
}
