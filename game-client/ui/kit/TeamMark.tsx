/** A team's mark: a hue and a shape, each of which identifies the team alone. */
import { TEAM_SHAPES, teamHue } from "#client/palette.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function TeamMark({ team }: { team: number }) {
  return <TeamShape team={team} hue={teamHue(team)} label={STRINGS.scores.team(team + 1)} />;
}

/** Without a label, screen readers skip it. */
export function TeamShape({ team, hue, label }: { team: number; hue: string; label?: string }) {
  // After the last shape the shapes repeat, hollow.
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
