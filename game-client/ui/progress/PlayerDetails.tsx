/** One player's part in a match, folded under the name. */
import { count, percent } from "#client/ui/kit/figures.ts";
import { FoldIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isMedalName } from "#shared/career/medals.ts";
import { clock } from "#shared/figures/clock.ts";
import { hitShareOf } from "#shared/figures/sums.ts";
import type { MatchPlayerLine } from "#shared/protocol/progress.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { Figure } from "./Player.tsx";
import { WeaponTable } from "./WeaponTable.tsx";

export function PlayerDetails({ of, mode }: { of: MatchPlayerLine; mode: ModeName }) {
  return (
    <details class="player-details">
      <summary>
        <FoldIcon />
        <bdi class="player-text" translate={false}>
          {of.name}
        </bdi>
        <Notes of={of} />
      </summary>
      <div class="player-inside">
        <Figures of={of} mode={mode} />
        {of.weapons.length > 0 && <WeaponTable of={of.weapons} caption={STRINGS.progress.profile.weapons} />}
      </div>
    </details>
  );
}

/** Medals, and why and when the player was gone. */
function Notes({ of: { medals, left } }: { of: MatchPlayerLine }) {
  const words = STRINGS.progress;
  const leftTexts: Partial<Record<string, string>> = words.match.left;
  const notes = medals.flatMap((medal) => (isMedalName(medal) ? STRINGS.career.medals[medal].name : []));
  if (left) notes.push(`${leftTexts[left.why] ?? ""} (${clock(left.afterSec)})`);
  return <span class="page-quiet">{notes.join(" · ")}</span>;
}

function Figures({ of, mode }: { of: MatchPlayerLine; mode: ModeName }) {
  const words = STRINGS.progress.match;
  return (
    <dl class="page-figures">
      <Figure name={STRINGS.progress.profile.accuracy}>{percent(hitShareOf(of.weapons))}</Figure>
      <Figure name={words.damage}>{count(of.damage)}</Figure>
      <Figure name={words.streak}>{count(of.longestStreak)}</Figure>
      {mode === "captureTheFlag" && <Figure name={words.flags}>{count(of.flags)}</Figure>}
      {mode === "kingOfTheHill" && <Figure name={words.hill}>{clock(of.hillSec)}</Figure>}
      <Figure name={words.played}>{clock(of.playedSec)}</Figure>
    </dl>
  );
}
