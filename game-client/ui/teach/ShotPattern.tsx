/** A drawing of a weapon's shot, to one scale for all weapons, so that ranges and spreads compare at a glance. */
import type { ComponentChildren } from "preact";
import { DRONE, isHitscan, lobOf, PROJECTILES, WEAPONS, type WeaponName } from "#shared/tuning.ts";

/** World px. The height holds the widest spread. */
const WIDTH = 1240;
const HEIGHT = 280;
const MUZZLE = 30;

export function ShotPattern({ weapon }: { weapon: WeaponName }) {
  return (
    <svg
      class="shot-pattern"
      viewBox={`-60 ${-HEIGHT / 2} ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      preserveAspectRatio="xMinYMid meet"
    >
      <path class="shot-rule" d={`M0 ${HEIGHT / 2 - 8}H${WIDTH - 80}`} />
      {shotsOf(weapon)}
      <circle class="shot-drone" r={DRONE.radiusPx} />
    </svg>
  );
}

function shotsOf(weapon: WeaponName): ComponentChildren {
  const lob = lobOf(weapon);
  if (lob) return <Lob rangePx={WEAPONS[weapon].rangePx} minPx={lob.minPx} splashPx={lob.splashPx} />;
  if (isHitscan(weapon)) return <path class="shot-beam" d={`M${MUZZLE} 0H${WEAPONS[weapon].rangePx}`} />;
  return <Flight weapon={weapon} />;
}

function Flight({ weapon }: { weapon: keyof typeof PROJECTILES }) {
  const { pellets, spreadRad, rangePx } = PROJECTILES[weapon];
  const angles = Array.from({ length: pellets }, (_, index) =>
    pellets === 1 ? 0 : (index / (pellets - 1) - 0.5) * spreadRad,
  );
  return (
    <>
      {angles.map((angle) => (
        <path
          key={angle}
          class="shot-flight"
          d={`M${Math.cos(angle) * MUZZLE} ${Math.sin(angle) * MUZZLE}L${Math.cos(angle) * rangePx} ${Math.sin(angle) * rangePx}`}
        />
      ))}
    </>
  );
}

/** The arc is drawn as if seen from the side; the burst from above. */
function Lob({ rangePx, minPx, splashPx }: { rangePx: number; minPx: number; splashPx: number }) {
  return (
    <>
      <path class="shot-flight" d={`M${MUZZLE} 0Q${rangePx / 2} ${-HEIGHT} ${rangePx} 0`} />
      <path class="shot-least" d={`M${minPx} -16V16`} />
      <circle class="shot-splash" cx={rangePx} r={splashPx} />
    </>
  );
}
