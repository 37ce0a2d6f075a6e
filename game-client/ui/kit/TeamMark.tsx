/** A team's key: its hue and a shape of its own, so that neither is needed alone. */
import { TEAM_SHAPES, teamHue } from "#client/palette.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function TeamMark({ team }: { team: number }) {
  return <TeamShape team={team} hue={teamHue(team)} label={STRINGS.scores.team(team + 1)} />;
}

/** Without a label it is decoration. */
export function TeamShape({ team, hue, label }: { team: number; hue: string; label?: string }) {
  // Past the last hue the same shapes come again hollow.
  const isHollow = Math.floor(team / TEAM_SHAPES.length) % 2 === 1;
  return (
    <svg
      class={isHollow ? "team-mark team-mark-hollow" : "team-mark"}
      viewBox="-1 -1 18 18"
      role="img"
      aria-label={label ?? ""}
      aria-hidden={label === undefined}
      style={{ color: hue }}
    >
      <path d={TEAM_SHAPES[team % TEAM_SHAPES.length] ?? TEAM_SHAPES[0]} />
    </svg>
  );
}
