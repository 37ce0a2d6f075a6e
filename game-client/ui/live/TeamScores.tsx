/** The scores of both teams. */
import { teamHue } from "#client/palette.ts";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { TEAMS } from "#client/ui/state/model.ts";

export function TeamScores({ of }: { of: readonly number[] }) {
  return (
    <p class="live-teams figures">
      {TEAMS.map((team) => (
        <span key={team} style={{ color: teamHue(team) }}>
          <TeamMark team={team} />
          <strong>{of[team]}</strong>
        </span>
      ))}
    </p>
  );
}
