/** Figures of weapons and pickups. */
import { expect, it } from "vitest";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { PICKUP_NAMES, PICKUPS, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { returnSec, weaponFigures } from "./weaponFigures.ts";

it("[TEACH-6] every weapon and pickup has its figures from the tuning", () => {
  for (const weapon of Object.keys(WEAPONS) as WeaponName[]) {
    const { damage, cooldownTicks, ammo, rangePx } = WEAPONS[weapon];
    const figures = weaponFigures(weapon);
    expect(figures).toMatchObject({ shots: ammo, shotsPerSec: TICKS_PER_SEC / cooldownTicks });
    expect(figures.damage.max).toBe(damage);
    expect(figures.damage.min).toBeLessThanOrEqual(damage);
    expect(figures.rangeTiles * 64).toBe(rangePx);
  }
  for (const kind of PICKUP_NAMES) expect(returnSec(kind) * TICKS_PER_SEC).toBe(PICKUPS[kind].returnTicks);
});
