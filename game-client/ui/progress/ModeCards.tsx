/** A card for each mode that a player has played: rating with its curve, place on the ladder, and sums. */
import { count, percent } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type Curve, curveOf } from "#shared/figures/curve.ts";
import { winShareOf } from "#shared/figures/sums.ts";
import type { ModeSums, PlayerProfile } from "#shared/protocol/progress.ts";
import type { ModeName } from "#shared/schema/names.ts";

type Ladder = PlayerProfile["ladders"][number];

export function ModeCards({ of }: { of: Pick<PlayerProfile, "modes" | "ladders"> }) {
  const names = (Object.keys(STRINGS.modes) as ModeName[]).filter((name) =>
    [...of.modes, ...of.ladders].some(({ mode }) => mode === name),
  );
  return (
    <ul class="mode-cards">
      {names.map((name) => (
        <ModeCard
          key={name}
          name={name}
          sums={of.modes.find(({ mode }) => mode === name)}
          ladder={of.ladders.find(({ mode }) => mode === name)}
        />
      ))}
    </ul>
  );
}

interface ModeCardProps {
  name: ModeName;
  sums: ModeSums | undefined;
  ladder: Ladder | undefined;
}

function ModeCard({ name, sums, ladder }: ModeCardProps) {
  return (
    <li class="mode-card">
      <h3 class="mode-name">{STRINGS.modes[name]}</h3>
      {ladder && <Rating of={ladder} />}
      {sums && (
        <p class="page-quiet">
          {STRINGS.progress.profile.inMode(count(sums.matches), percent(winShareOf([sums])))}
        </p>
      )}
    </li>
  );
}

function Rating({ of }: { of: Ladder }) {
  const words = STRINGS.progress;
  return (
    <>
      <p class="mode-rating">
        <span class="visually-hidden">{words.rating} </span>
        <strong class="figures">{count(of.points)}</strong>
        <span class="page-quiet">
          {of.rank === null ? words.profile.unlisted : words.profile.rank(count(of.rank))}
        </span>
      </p>
      <CurvePicture points={of.curve} />
    </>
  );
}

/** On a grid of 200 × 44 units, with room for the mark at the end. */
const BOX = { width: 200, height: 44 } as const;

function CurvePicture({ points }: { points: Ladder["curve"] }) {
  const curve = curveOf(points, BOX);
  const [first, last] = [points[0], points.at(-1)];
  if (!curve || !first || !last || points.length < 2) return null;
  const text = STRINGS.progress.profile.curve(
    count(first[1]),
    count(last[1]),
    count(curve.low),
    count(curve.high),
  );
  const path = pathOf(curve);
  return (
    <svg class="curve" viewBox={`-3 -4 ${BOX.width + 8} ${BOX.height + 8}`} role="img" aria-label={text}>
      <path class="curve-ground" d={`${path}V${BOX.height + 4}H0Z`} />
      <path class="curve-line" d={path} />
      <circle class="curve-end" cx={curve.end.x} cy={curve.end.y} r="3" />
    </svg>
  );
}

const pathOf = ({ places }: Curve): string => `M${places.map(({ x, y }) => `${x} ${y}`).join("L")}`;
