/** Keeps the hits that the player takes, and reports from them how their drone was destroyed. */
import { type Attacker, type Death, death } from "#client/ui/state/fight.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { WeaponName } from "#shared/tuning.ts";
import { nextTip, type Situation } from "./deathTips.ts";
import { named, type Room } from "./fightNews.ts";

/** Damage older than this did not decide the fight. */
const REMEMBERED_MS = 10_000;

interface Taken {
  readonly atMs: number;
  readonly shooter: string;
  readonly weapon: WeaponName;
  readonly damage: number;
}

export interface DeathReport {
  hear(event: SimEvent, nowMs: number): void;
  /** Call a few times a second: notes the killer's health as soon as the page sees the killer. */
  update(): void;
}

/** `isDashReady`: whether the player could have dashed away. */
export function createDeathReport(room: Room, me: string, isDashReady: () => boolean): DeathReport {
  let taken: Taken[] = [];
  let key = 0;
  death.value = undefined;

  /** Undefined while the page does not see the drone. */
  const leftOf = (id: string): number | undefined => {
    const drone = room.state.drones.get(id);
    return drone && (drone.hp > 0 ? drone.hp + drone.shield : 0);
  };

  const report = ({ killer, weapon }: Extract<SimEvent, { type: "kill" }>, nowMs: number): Death => {
    const recent = taken.filter(({ atMs }) => nowMs - atMs <= REMEMBERED_MS);
    const attackers = attackersIn(room, recent, killer);
    const [first] = attackers;
    const tip = nextTip({
      // The weapon that did the most counts, not the one that happened to hit last.
      weapon: (first?.id === killer ? first.byWeapon[0]?.weapon : undefined) ?? weapon,
      attackers: attackers.length,
      isDashReady: isDashReady(),
    } satisfies Situation);
    return {
      key: key++,
      killer: { id: killer, ...named(room, killer) },
      weapon,
      attackers,
      killerLeft: leftOf(killer),
      tip,
    };
  };

  return {
    hear(event, nowMs) {
      if (event.type === "hit" && event.victim === me && event.damage > 0) {
        const { shooter, weapon, damage } = event;
        taken.push({ atMs: nowMs, shooter, weapon, damage });
      } else if (event.type === "kill" && event.victim === me) {
        death.value = report(event, nowMs);
        taken = [];
      } else if (event.type === "spawn" && event.drone === me) {
        death.value = undefined;
        taken = [];
      }
    },
    update() {
      const now = death.value;
      if (!now || now.killerLeft !== undefined) return;
      const killerLeft = leftOf(now.killer.id);
      if (killerLeft !== undefined) death.value = { ...now, killerLeft };
    },
  };
}

/** The damage by attacker and weapon: the killer first, then the most damage first. */
function attackersIn(room: Room, taken: readonly Taken[], killer: string): Attacker[] {
  const sums = new Map<string, Map<WeaponName, number>>();
  for (const { shooter, weapon, damage } of taken) {
    const byWeapon = sums.get(shooter) ?? new Map<WeaponName, number>();
    byWeapon.set(weapon, (byWeapon.get(weapon) ?? 0) + damage);
    sums.set(shooter, byWeapon);
  }
  const attackers = Array.from(sums, ([id, weapons]): Attacker => {
    const byWeapon = Array.from(weapons, ([weapon, damage]) => ({ weapon, damage }));
    byWeapon.sort((a, b) => b.damage - a.damage);
    return {
      id,
      ...named(room, id),
      damage: byWeapon.reduce((sum, { damage }) => sum + damage, 0),
      byWeapon,
    };
  });
  return attackers.sort((a, b) => Number(b.id === killer) - Number(a.id === killer) || b.damage - a.damage);
}
