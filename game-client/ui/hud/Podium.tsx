/** The best three of a match on steps, the best in the middle. */
import { teamHue } from "#client/palette.ts";
import { CrownIcon } from "#client/ui/kit/peopleIcons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { scores } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ShownTitle } from "./ScorePerson.tsx";
import { type RankedLine, ranked, soleLeaderOf } from "./scoreLayout.ts";

const STEPS = 3;

/** Nobody stands on it without a point. */
export function Podium() {
  const all = scores.value;
  const best = ranked(all.slice(0, STEPS)).filter(({ score }) => score > 0);
  if (best.length === 0) return null;
  const leader = soleLeaderOf(all);
  return (
    <ol class="podium" aria-label={STRINGS.results.podium} translate={false}>
      {best.map((line, place) => (
        <Step key={line.id} line={line} place={place} leads={line.id === leader} />
      ))}
    </ol>
  );
}

/** `place`: 0 is the middle, 1 to the left, 2 to the right. Equal scores share a rank, and so a step's height. */
function Step({ line, place, leads }: { line: RankedLine; place: number; leads: boolean }) {
  const looks = `podium-step podium-place-${place + 1} podium-rank-${line.rank}`;
  return (
    <li class={line.self ? `${looks} podium-self` : looks} style={{ "--hue": teamHue(line.team) }}>
      <span class="podium-drone">
        {leads && <CrownIcon />}
        <TeamMark team={line.team} />
      </span>
      <span class="podium-name">{line.name}</span>
      <ShownTitle of={line} />
      <span class="podium-block">
        <span class="podium-rank figures">{STRINGS.results.place(line.rank)}</span>
        <span class="podium-score figures">{line.score}</span>
      </span>
    </li>
  );
}
