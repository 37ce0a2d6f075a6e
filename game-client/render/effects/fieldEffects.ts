/** Effects of pickups, flags and the hill. */
import { PALETTE, PICKUP_HUES, teamHue, tintOf } from "#client/palette.ts";
import type { PickupName } from "#shared/tuning.ts";
import { COLUMN_UP_PX, type EffectKit, whiten } from "./effectKit.ts";

export interface FieldEffects {
  pickupAppears(kind: PickupName, x: number, y: number): void;
  pickupTaken(kind: PickupName, x: number, y: number): void;
  /** The flag was taken, dropped or returned. */
  flagMoves(x: number, y: number, team: number): void;
  hillRises(x: number, y: number): void;
}

export function createFieldEffects({ emitters, many }: EffectKit): FieldEffects {
  return {
    pickupAppears(kind, x, y) {
      const tint = tintOf(PICKUP_HUES[kind]);
      emitters.closing.burst(1, { x, y, tint, size: 0.75 });
      emitters.glint.burst(many(10), { x, y, tint: whiten(PICKUP_HUES[kind], 0.4) });
    },
    pickupTaken(kind, x, y) {
      const tint = tintOf(PICKUP_HUES[kind]);
      emitters.ripple.burst(1, { x, y, tint, size: 1 });
      emitters.flash.burst(1, { x, y, tint: whiten(PICKUP_HUES[kind], 0.4), size: 1.6 });
      emitters.glint.burst(many(16), { x, y, tint: whiten(PICKUP_HUES[kind], 0.3), speed: 2, size: 1.5 });
    },
    flagMoves(x, y, team) {
      const hue = teamHue(team);
      emitters.ripple.burst(1, { x, y, tint: whiten(hue, 0.2), size: 1.5 });
      emitters.flash.burst(1, { x, y, tint: tintOf(hue), size: 2 });
      emitters.glint.burst(many(18), { x, y, tint: whiten(hue, 0.4), speed: 2.2, size: 1.5 });
    },
    hillRises(x, y) {
      const tint = tintOf(PALETTE.wallLit);
      emitters.column.burst(1, { x, y: y - COLUMN_UP_PX, tint });
      emitters.ripple.burst(1, { x, y, tint, size: 3 });
      emitters.glint.burst(many(20), { x, y, tint, speed: 3, size: 1.6 });
    },
  };
}
