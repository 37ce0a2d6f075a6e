/** The fight of the bench's other servers against Fracas' own world, and what each of them shows of it. */
import { Decoder, Encoder } from "@colyseus/schema";
import { expect, test } from "vitest";
import { type FightScenario, fightScriptsOf } from "#loadtest/bench/scenarios/fight.ts";
import { jsonStateOf } from "#loadtest/bench/servers/jsonState.ts";
import { playRoom } from "#loadtest/bench/servers/playRoom.ts";
import { mirrorOf } from "#loadtest/bench/servers/tutorialMirror.ts";
import { FightState } from "#loadtest/bench/wires/tutorialState.ts";
import { arenaOf } from "#server/arenas.ts";
import { publicSettings } from "#server/rooms/settings.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import type { Drone } from "#shared/schema/state.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { Fight, fightRules } from "./fight.ts";
import { noFights } from "./fightWatch.ts";

const SCENARIO: FightScenario = { kind: "fight", seed: 3, players: 8, roomSize: 8 };
const ROOM_SEED = 5;
const TICKS = 60 * 30;

const fightOf = () => new Fight(SCENARIO, ROOM_SEED, noFights());

/** A world as a room of Fracas has it: with the schema's classes. */
function worldOfFracas(): World {
  const settings = publicSettings("deathmatch", fightRules(SCENARIO));
  const world = createWorld(arenaOf(settings.map), ROOM_SEED, rulesUnder(settings));
  for (let player = 0; player < SCENARIO.players; player++) {
    const [id, drone] = [String(player), createDrone(String(player), player)];
    world.state.drones.set(id, drone);
    spawnDrone(world, id, drone, []);
  }
  return world;
}

test("[BENCH-FIGHT-5] the same commands lead to the same events and the same world as in Fracas, to the bit", () => {
  const fight = fightOf();
  const world = worldOfFracas();
  const scripts = fightScriptsOf(SCENARIO);
  let kills = 0;
  playRoom(SCENARIO, fight, TICKS, (tick, events) => {
    const commands = new Map(scripts.map((script, player) => [String(player), [script.command(tick)]]));
    expect(events).toEqual(stepWorld(world, commands, seenNow));
    expect(shownIn(fight.world.state)).toEqual(shownIn(world.state));
    kills += events.filter(({ type }) => type === "kill").length;
  });
  expect(kills).toBeGreaterThan(0);
});

const entriesOf = <Entity, Shown>(
  entities: { entries(): Iterable<[string, Entity]> },
  show: (it: Entity) => Shown,
) => Object.fromEntries(Array.from(entities.entries(), ([id, entity]) => [id, show(entity)]));

const droneShown = (drone: Drone) => {
  const { x, y, aim, vx, vy, hp, shield, status, score, special, ammo, cooldownTicks, respawnTick } = drone;
  return { x, y, aim, vx, vy, hp, shield, status, score, special, ammo, cooldownTicks, respawnTick };
};

const shownIn = ({ tick, drones, projectiles, pickups }: World["state"]) => ({
  tick,
  drones: entriesOf(drones, droneShown),
  shots: entriesOf(projectiles, ({ x, y, aim, weapon, owner, bornTick }) => ({
    x,
    y,
    aim,
    weapon,
    owner,
    bornTick,
  })),
  pickups: entriesOf(pickups, ({ x, y, kind }) => ({ x, y, kind })),
});

test("[BENCH-FIGHT-6] what the tutorial's client decodes is the world after every patch, with angles as floats of 32 bits", () => {
  const fight = fightOf();
  const mirror = mirrorOf(fight);
  const encoder = new Encoder(mirror.state);
  const shown = new FightState();
  const decoder = new Decoder(shown);
  playRoom(SCENARIO, fight, TICKS, (tick) => {
    mirror.copy();
    if (tick % 3 === 0) return;
    decoder.decode(encoder.encode());
    encoder.discardChanges();
    const { players, shots, items } = publicIn(fight.world.state, Math.fround);
    expect(shown.toJSON()).toEqual({ players, shots, items });
  });
});

test("[BENCH-FIGHT-7] socket.io's state is the world, with angles in thousandths", () => {
  const fight = fightOf();
  playRoom(SCENARIO, fight, 300, () => {
    const { shots, items, players } = jsonStateOf(fight);
    const inWorld = publicIn(fight.world.state, (aim) => Math.round(aim * 1000) / 1000);
    expect({ shots, items, players }).toEqual(inWorld);
  });
});

/** Picks the part of the state that everybody in the room may see. */
const publicIn = ({ drones, projectiles, pickups }: World["state"], angle = (aim: number) => aim) => ({
  players: entriesOf(drones, ({ x, y, aim, hp, shield, score }) => ({
    x,
    y,
    aim: angle(aim),
    hp,
    shield,
    score,
  })),
  shots: entriesOf(projectiles, ({ x, y, aim, weapon, owner }) => ({ x, y, aim: angle(aim), weapon, owner })),
  items: entriesOf(pickups, ({ x, y, kind }) => ({ x, y, kind })),
});
