/** Picks the example weapon up, fires it until a drone is destroyed, and looks its looks up. */
import { pickupLooksOf, WEAPON_LOOKS } from "#client/weaponLooks.ts";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, command, createWorld, openArena } from "#shared/testing/builders.ts";
import { SPECIALS, type SpecialName } from "#shared/tuning.ts";

// The name is known only in the copy of the game that has the weapon.
const weapon = "needler" as string as SpecialName;
const arena = { ...openArena(), pickups: [{ x: 600, y: 600, kind: weapon }] };
const world = createWorld(arena);
const shooter = addDrone(world, "shooter", { x: 600, y: 600, team: 0 });
addDrone(world, "victim", { x: 800, y: 600, team: 1 });

const fire = new Map([["shooter", [command({ aim: 0, buttons: BUTTON.altFire })]]]);
const events: SimEvent[] = [];
for (let tick = 0; tick < 200 && events.every(({ type }) => type !== "kill"); tick++) {
  events.push(...stepWorld(world, fire, seenNow));
}
const { icon, muzzle, sounds } = WEAPON_LOOKS[weapon];
console.log(
  JSON.stringify({
    held: SPECIALS[shooter.special],
    picked: events.some((event) => event.type === "pickup" && event.kind === weapon),
    kill: events.find(({ type }) => type === "kill"),
    hasLooks: [icon, muzzle.flames[0], sounds.own, pickupLooksOf(weapon).glyph].every(Boolean),
  }),
);
