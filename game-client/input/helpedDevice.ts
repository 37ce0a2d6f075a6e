/** A device with its help: aim assist, and a trigger that pulls itself. Both rest while the player's hands do. */
import { BUTTON } from "#shared/schema/input.ts";
import type { Place } from "#shared/sim/sight.ts";
import { WEAPONS } from "#shared/tuning.ts";
import { assistedAim, type SeenEnemy } from "./aimAssist.ts";
import { isWorthAShot } from "./autoFire.ts";
import type { Aim, AimAt, Device } from "./device.ts";

export interface Help {
  /** Strength of the aim assist now, 0 to 1. */
  assist(): number;
  /** Whether the trigger pulls itself now. */
  autoFires(): boolean;
  /** The own drone's place, and the enemies that the player sees. */
  self(): Place;
  enemies(): readonly SeenEnemy[];
  nowMs(): number;
}

/**
 * After this long without a touch on any control, the help stops: a page that turns and fires by itself would keep the
 * place of a player who has gone away.
 */
const HANDS_OFF_MS = 4_000;

const { rangePx } = WEAPONS.blaster;

export function helpedDevice(device: Device, help: Help): Device {
  let aim = 0;
  let rawAim = 0;
  let touchedAtMs = Number.NEGATIVE_INFINITY;

  const noteHands = (raw: number) => {
    const { stick, buttons } = device;
    const isTouched = stick.x !== 0 || stick.y !== 0 || buttons !== 0 || raw !== rawAim;
    rawAim = raw;
    if (isTouched) touchedAtMs = help.nowMs();
  };
  const hasHands = () => help.nowMs() - touchedAtMs < HANDS_OFF_MS;
  const trigger = () =>
    help.autoFires() && hasHands() && isWorthAShot(aim, help.self(), help.enemies(), rangePx)
      ? BUTTON.fire
      : 0;

  return {
    get stick() {
      return device.stick;
    },
    aim(aimAt: AimAt): Aim {
      const raw = device.aim(aimAt);
      noteHands(raw.aim);
      const strength = hasHands() ? help.assist() : 0;
      aim = assistedAim(raw.aim, help.self(), help.enemies(), strength, rangePx);
      return { aim, reach: raw.reach };
    },
    get buttons() {
      return device.buttons | trigger();
    },
    takeButtons: () => device.takeButtons() | trigger(),
    letGo: () => device.letGo(),
  };
}
