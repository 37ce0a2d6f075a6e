/** Tells in one sentence what the mode asks of the player's side: while the match begins, and all the time on the range. */
import { palette } from "#client/settings/hues.ts";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { room } from "#client/ui/room/roomModel.ts";
import { type MatchView, match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { goalShown } from "./lessons.ts";
import { isOnRange } from "./range.ts";

export function Goal() {
  const now = match.value;
  // The banner of a pause takes its place.
  if (room.value?.paused) return null;
  if (isOnRange.value) return <p class="goal glass">{STRINGS.teach.range.goal}</p>;
  if (!now || !goalShown.value) return null;
  const own = now.sides.find((side) => side.own);
  return (
    <p class="goal glass">
      {own && <TeamMark team={own.team} />}
      {goalOf(now)}
    </p>
  );
}

function goalOf({ mode, sides, scoreLimit }: MatchView): string {
  const theirs = sides.find((side) => !side.own)?.team ?? 0;
  return STRINGS.teach.goals[mode](scoreLimit, STRINGS.teach.flags[palette.value][theirs] ?? "");
}
