/** A team's key: its hue and a shape of its own, so that neither is needed alone. */
import { TEAM_HUES, teamHue } from "#client/palette.ts";
import { STRINGS } from "./strings.ts";

/** As many as there are hues, on a 16-unit grid. */
const SHAPES = [
  "M8 1.500 15 14.500H1Z",
  "M2 2H14V14H2Z",
  "M8 0.500 15.500 8 8 15.500 0.500 8Z",
  "M4.700 1H11.300L16 8 11.300 15H4.700L0 8Z",
  "M5.500 1H10.500V5.500H15V10.500H10.500V15H5.500V10.500H1V5.500H5.500Z",
  "M1 1.500H15L8 14.500Z",
  "M8 0.500 10 6H15.500L11 9.500 12.700 15 8 11.700 3.300 15 5 9.500 0.500 6H6Z",
] as const;

export function TeamMark({ team }: { team: number }) {
  return <TeamShape team={team} hue={teamHue(team)} label={STRINGS.scores.team(team + 1)} />;
}

/** Without a label it is decoration. */
export function TeamShape({ team, hue, label }: { team: number; hue: string; label?: string }) {
  // Past the last hue the same shapes come again hollow.
  const isHollow = Math.floor(team / TEAM_HUES.length) % 2 === 1;
  return (
    <svg
      class={isHollow ? "team-mark team-mark-hollow" : "team-mark"}
      viewBox="-1 -1 18 18"
      role="img"
      aria-label={label ?? ""}
      aria-hidden={label === undefined}
      style={{ color: hue }}
    >
      <path d={SHAPES[team % SHAPES.length] ?? SHAPES[0]} />
    </svg>
  );
}
