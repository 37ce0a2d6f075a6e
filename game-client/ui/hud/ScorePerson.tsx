/** A player in a score list: hue and shape, name, and what is to be known of the person. */
import { EMBLEM_PATHS } from "#client/looks.ts";
import { AccountMark, AwayIcon, BotIcon, CrownIcon } from "#client/ui/kit/peopleIcons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import type { ScoreLine } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { unpackLook } from "#shared/career/looks.ts";

export function ScorePerson({ line, leads }: { line: ScoreLine; leads: boolean }) {
  const words = STRINGS.scores;
  return (
    <div class="score-person">
      <TeamMark team={line.team} />
      <span class="score-text">{line.name}</span>
      {leads && (
        <span class="score-tag score-crown">
          <CrownIcon />
          <span class="visually-hidden">{words.leads}</span>
        </span>
      )}
      <Emblem of={line} />
      {line.account && <AccountMark />}
      {line.self && <span class="visually-hidden">{words.you}</span>}
      {line.bot && (
        <span class="score-tag">
          <BotIcon />
          {words.bot}
        </span>
      )}
      {!line.connected && (
        <span class="score-tag">
          <AwayIcon />
          {words.away}
        </span>
      )}
    </div>
  );
}

/** The emblem that the player wears. */
function Emblem({ of: { look } }: { of: ScoreLine }) {
  const { emblem } = unpackLook(look);
  if (emblem === "plain") return null;
  return (
    <svg class="score-emblem" viewBox="0 0 1 1" role="img" aria-label={STRINGS.career.looks.emblem[emblem]}>
      <path d={EMBLEM_PATHS[emblem]} />
    </svg>
  );
}

/** The title that the player shows. */
export function ShownTitle({ of: { look } }: { of: ScoreLine }) {
  const { title } = unpackLook(look);
  return title === "plain" ? null : <span class="score-title">{STRINGS.career.looks.title[title]}</span>;
}

/** The class names of a player's line. */
export const looksOf = ({ self, connected }: ScoreLine): string =>
  ["score-line", self && "score-self", !connected && "score-away"].filter(Boolean).join(" ");
