/** Flights without a server: recorded, written, read and simulated again. */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { GameSnapshot } from "#server/admission/worldSnapshot.ts";
import { arenaOf } from "#server/arenas.ts";
import { log } from "#server/log.ts";
import { type Outcome, rerun } from "#server/rerun/rerun.ts";
import { restoreGame, snapshotGame } from "#server/rooms/worldSnapshot.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { hashWorld } from "#shared/game/worldHash.ts";
import { ENDLESS, rulesOf } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { aimCode, aimOfCode } from "#shared/schema/wire.ts";
import { flightOf } from "#shared/sim/projectile.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { type SeenBy, seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { fireAt, holding } from "#shared/testing/builders.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { CommandReader, CommandTape } from "./commandTape.ts";
import { FLIGHT_TICKS, FlightRecorder } from "./flightRecorder.ts";
import { type Cause, type Incident, IncidentError, incidentOf, readIncident } from "./incident.ts";

const MAP: Readonly<Record<ModeName, string>> = {
  deathmatch: "foundry",
  teamDeathmatch: "foundry",
  captureTheFlag: "causeway",
  kingOfTheHill: "causeway",
};
const CAUSE: Cause = { kind: "operator", what: "a test asks" };

const eight = Array<SkillName>(8).fill("hard");

/** Through JSON, as files are. */
const copyOf = (form: GameSnapshot): GameSnapshot => GameSnapshot.parse(JSON.parse(JSON.stringify(form)));

describe("a snapshot of a fight", () => {
  const seen = { flying: 0, ended: 0, spent: 0, carried: 0, wrecks: 0 };

  test.each(MODE_NAMES)("[FLIGHT-3] in %s, restored, steps on as the original does, to the bit", (mode) => {
    const arena = arenaOf(MAP[mode]);
    const match = new BotMatch(arena, 11, eight, rulesOf(mode));
    const { world } = match;
    for (let at = 0; at < 8; at++) {
      for (let tick = 0; tick < 50; tick++) match.step();
      for (const drone of world.state.drones.values()) Object.assign(drone, holding("scatter"));
      // A moment at which some pellets of a shot have ended, and others fly.
      for (let tick = 0; tick < 200 && !isAnyEnded(world); tick++) match.step();
      const snapshot = copyOf(snapshotGame(world));
      note(snapshot);
      const twin = createWorld(arena, 99, ENDLESS);
      restoreGame(twin, snapshot, arena, world.rules);
      expect(hashWorld(twin)).toBe(hashWorld(world));
      for (let tick = 0; tick < 300; tick++) {
        const { commands } = match.step();
        stepWorld(twin, commands, seenNow);
        expect(hashWorld(twin), `tick ${world.state.tick}`).toBe(hashWorld(world));
      }
    }
  });

  function note({ projectiles, flags, drones }: GameSnapshot): void {
    seen.flying += projectiles.length;
    seen.ended += projectiles.filter(([, { ended }]) => ended !== 0).length;
    seen.spent += projectiles.filter(([, { spent }]) => spent !== undefined).length;
    seen.carried += flags.filter(([, { carrier }]) => carrier !== "").length;
    seen.wrecks += drones.filter(([, { hp }]) => hp === 0).length;
  }

  test("[FLIGHT-4] holds shots in flight, flags that are carried and wrecks; files without shots still open", () => {
    const { spent: _rare, ...usual } = seen;
    for (const count of Object.values(usual)) expect(count).toBeGreaterThan(0);
    const old = JSON.parse(JSON.stringify(snapshotGame(new BotMatch(arenaOf("foundry"), 1, eight).world)));
    delete old.projectiles;
    delete old.random;
    expect(GameSnapshot.parse(old)).toMatchObject({ projectiles: [], random: null });
  });
});

const isAnyEnded = ({ state, arena }: World): boolean =>
  [...state.projectiles.values()].some((projectile) => flightOf(projectile, arena).ended !== 0);

/** A match whose steps are recorded: people's shots are compensated, so the simulation's questions have odd answers. */
class RecordedMatch {
  readonly match: BotMatch;
  readonly flight: FlightRecorder;
  readonly #random = seededRandom(5);

  constructor(mode: ModeName, bots = 8) {
    this.match = new BotMatch(arenaOf(MAP[mode]), 3, Array(bots).fill("hard"), rulesOf(mode));
    this.flight = new FlightRecorder(this.world);
  }

  get world() {
    return this.match.world;
  }

  play(ticks: number): void {
    for (let tick = 0; tick < ticks; tick++) this.flight.step(this.#commands(), this.#past);
  }

  #commands(): Map<string, readonly Command[]> {
    const random = this.#random;
    const commands = new Map<string, readonly Command[]>();
    const drones = [...this.world.state.drones.values()];
    for (const [id, { x, y }] of this.world.state.drones.entries()) {
      // It aims at another drone: then the answers decide who is hit.
      const target = drones[Math.floor(random.next() * drones.length)] ?? { x, y };
      const command = {
        moveX: Math.round(random.next() * 254) - 127,
        moveY: Math.round(random.next() * 254) - 127,
        aim: aimOfCode(aimCode(Math.atan2(target.y - y, target.x - x))),
        buttons: Math.floor(random.next() * 8),
        reach: Math.floor(random.next() * 256),
      };
      commands.set(id, random.next() < 0.1 ? [command, command] : random.next() < 0.1 ? [] : [command]);
    }
    return commands;
  }

  readonly #past: SeenBy = () => ({
    placeOf: (_id, { x, y }) =>
      this.#random.next() < 0.1 ? undefined : { x: x + this.#random.next() * 40, y },
    recentPlacesOf: (_id, { x, y }) => [
      { x, y },
      { x: x + this.#random.next(), y },
    ],
  });

  incident(cause: Cause = CAUSE): Promise<Incident> {
    return incidentOf(cause, "BCDFG", this.world.state.tick, this.flight.flight());
  }
}

const written = async (incident: Incident): Promise<Incident> =>
  readIncident(gzipSync(JSON.stringify(incident)));

const armAll = ({ state }: World) => {
  for (const drone of state.drones.values()) Object.assign(drone, holding("rail"));
};

describe("a flight", () => {
  test.each(MODE_NAMES)(
    "[FLIGHT-5] in %s, written, read and run again gives every hash of the room, whatever happened between steps",
    async (mode) => {
      const room = new RecordedMatch(mode);
      const { world } = room;
      for (let seconds = 0; seconds < 45; seconds += 3) {
        armAll(world);
        room.play(90);
      }
      world.state.drones.delete("bot-3");
      room.play(100);
      world.state.drones.set("newcomer", createDrone("New", 0));
      world.rules = { ...world.rules, friendlyFire: true };
      armAll(world);
      room.play(700);
      const incident = await written(await room.incident());
      const ticks: number[] = [];
      const outcome = rerun(incident, { onTick: (tick) => ticks.push(tick) });
      expect(outcome).toEqual({ is: "same", ticks: ticks.length });
      expect(ticks.length).toBeGreaterThanOrEqual(FLIGHT_TICKS);
      expect(ticks.at(-1)).toBe(world.state.tick);
      // Every tick, without a gap.
      expect(new Set(ticks.map((tick, at) => tick - at)).size).toBe(1);
      expect(incident.legs.some(({ answers }) => answers.length > 0)).toBe(true);
      expect(JSON.stringify(incident)).not.toContain('"New"');
    },
  );

  test("[FLIGHT-6] without changes between steps begins anew every 30 s, and keeps between 60 and 90 s", () => {
    const room = new RecordedMatch("deathmatch");
    for (let seconds = 0; seconds < 200; seconds += 10) {
      room.play(300);
      const legs = room.flight.flight();
      const ticks = legs.reduce((sum, { hashes }) => sum + hashes.length, 0);
      expect(legs.length).toBeLessThanOrEqual(3);
      expect(ticks).toBeGreaterThanOrEqual(Math.min(FLIGHT_TICKS, (seconds + 10) * 30));
      expect(ticks).toBeLessThanOrEqual(1.5 * FLIGHT_TICKS);
    }
  });

  test.each([
    [2, 60],
    [16, 240],
  ])(
    "[FLIGHT-7] of %i bots takes less than %i kB for a minute in memory, copies of the world included",
    (bots, kilobytes) => {
      const match = new BotMatch(arenaOf("foundry"), 3, Array(bots).fill("normal"));
      const flight = new FlightRecorder(match.world);
      const twin = new BotMatch(arenaOf("foundry"), 3, Array(bots).fill("normal"));
      for (let tick = 0; tick < FLIGHT_TICKS; tick++) flight.step(onTheWire(twin.step().commands), seenNow);
      expect(flight.bytes).toBeLessThan(kilobytes * 1000);
      expect(flight.bytes).toBeGreaterThan(FLIGHT_TICKS * bots);
    },
  );

  test("[FLIGHT-8] while hundreds come and go, keeps within its bounds, and what it has runs again", async () => {
    const room = new RecordedMatch("deathmatch");
    const { drones } = room.world.state;
    for (let at = 0; at < 600; at++) {
      if (drones.size < 200) drones.set(`new-${at}`, createDrone("", at));
      else drones.delete([...drones.keys()][at % 100] ?? "");
      room.play(1);
    }
    const legs = room.flight.flight();
    const [newest] = legs.slice(-1);
    expect(legs.length).toBeGreaterThan(1);
    expect(room.flight.bytes).toBeLessThanOrEqual(2_100_000 + (newest?.keyframe.length ?? 0) + 10_000);
    expect(room.flight.bytes).toBeGreaterThan(1_000_000);
    expect(rerun(await written(await room.incident()))).toMatchObject({ is: "same" });
  });
});

test("[FLIGHT-30] a flight takes no more memory than it counts, also where the world changes between all steps", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const held = async () => {
    for (let at = 0; at < 3; at++) {
      gc();
      await setImmediate();
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const { world } = new BotMatch(arenaOf("foundry"), 3, ["normal"]);
  const [drone] = world.state.drones.values();
  const idle = new Map();
  const before = await held();
  const flights = Array.from({ length: 4 }, () => new FlightRecorder(world));
  for (let tick = 0; tick < FLIGHT_TICKS / 2; tick++)
    for (const flight of flights) {
      if (drone) drone.score++;
      flight.step(idle, seenNow);
    }
  const counted = flights.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(counted).toBeLessThan(flights.length * 2_200_000);
  // With copies as objects, which take 9 kB a leg, it is several times as much.
  expect((await held()) - before).toBeLessThan(1.2 * counted);
  expect(flights.every((flight) => flight.flight().length > 100)).toBe(true);
});

test("[FLIGHT-31] an incident of a room in which much happens between steps keeps no other room waiting", async () => {
  const room = new RecordedMatch("deathmatch");
  for (let at = 0; at < 300; at++) {
    for (const drone of room.world.state.drones.values()) drone.score++;
    room.play(1);
  }
  const legs = room.flight.flight().length;
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns++;
    if (!isOver) globalThis.setImmediate(count);
  };
  globalThis.setImmediate(count);
  await room.incident();
  isOver = true;
  expect(legs).toBeGreaterThan(50);
  expect(turns).toBeGreaterThanOrEqual(legs);
});

const onTheWire = (commands: ReadonlyMap<string, readonly Command[]>) =>
  new Map(
    Array.from(commands, ([id, given]) => [
      id,
      given.map((command) => ({
        ...command,
        aim: aimOfCode(aimCode(command.aim)),
      })),
    ]),
  );

test("[FLIGHT-29] a recorder that fails stops recording, and the match goes on", () => {
  log.level = "silent";
  const room = new RecordedMatch("deathmatch");
  room.play(20);
  const write = vi.spyOn(CommandTape.prototype, "write").mockImplementation(() => {
    throw new Error("a defect");
  });
  room.play(10);
  write.mockRestore();
  room.play(10);
  expect(room.world.state.tick).toBe(40);
  expect(room.flight.flight()[0]?.hashes).toHaveLength(20);
});

describe("an incident", () => {
  test("[FLIGHT-9] whose step threw throws again, at the same tick and with the same error", async () => {
    const room = new RecordedMatch("kingOfTheHill");
    room.play(500);
    // It throws when the next hill is due. No form allows it either.
    room.world.hillIndex = -2;
    room.world.hillStep = 1;
    room.world.state.hill.movesTick = room.world.state.tick + 40;
    let thrown: unknown;
    for (let at = 0; at < 100 && !thrown; at++) {
      try {
        room.play(1);
      } catch (error) {
        thrown = error;
      }
    }
    const { tick } = room.world.state;
    expect(thrown).toBeInstanceOf(Error);
    const incident = await written(await room.incident({ kind: "throw", what: (thrown as Error).message }));
    const outcome = rerun(incident) as Outcome & { is: "throws" };
    expect(outcome).toMatchObject({ is: "throws", tick, inRoom: true });
    expect((outcome.error as Error).message).toBe((thrown as Error).message);
    // The room goes on after it, and so does its flight.
    room.world.hillIndex = 0;
    room.play(50);
    const later = await written(await room.incident());
    expect(later.legs.filter(({ threw }) => threw)).toHaveLength(1);
    expect(rerun({ ...later, legs: later.legs.slice(-1) })).toMatchObject({ is: "same", ticks: 50 });
  });

  test("[FLIGHT-10] keeps numbers that no form allows, such as NaN, and runs as the room did", async () => {
    const room = new RecordedMatch("deathmatch");
    room.play(100);
    const [drone] = room.world.state.drones.values();
    Object.assign(drone ?? {}, { score: Number.NaN });
    room.world.rules = { ...room.world.rules, scoreLimit: Number.POSITIVE_INFINITY };
    room.play(100);
    const incident = await written(await room.incident({ kind: "invariant", what: "score" }));
    expect(incident.legs.at(-1)?.odd).toHaveLength(2);
    expect(rerun(incident)).toMatchObject({
      is: "breaks",
      tick: 101,
      what: expect.stringContaining("score is NaN"),
    });
    expect(rerun({ ...incident, kind: "operator" })).toEqual({ is: "same", ticks: 200 });
  });

  test("[FLIGHT-11] stops at the first tick that differs, and at the tick that it is told", async () => {
    const room = new RecordedMatch("deathmatch");
    room.play(300);
    const incident = await written(await room.incident());
    const [leg] = incident.legs;
    if (!leg) throw new Error("nothing was recorded");
    const hashes = leg.hashes.with(211, 1);
    expect(rerun({ ...incident, legs: [{ ...leg, hashes }] })).toMatchObject({
      is: "differs",
      tick: 212,
      recorded: 1,
    });
    const stopped = rerun(incident, { until: 120 }) as Outcome & { is: "until" };
    expect([stopped.is, stopped.tick, stopped.world.state.tick]).toEqual(["until", 120, 120]);
    expect(hashWorld(stopped.world)).toBe(leg.hashes[119]);
    /** The outcome when one drone's command was another at this tick of the leg. */
    const withOtherCommand = (at: number) => {
      const out = new ByteWriter();
      const tape = new CommandTape(out);
      const reader = new CommandReader(new ByteReader(Buffer.from(leg.commands, "base64")), leg.ids);
      for (let tick = 0; tick < 300; tick++) {
        const given = new Map(reader.read());
        if (tick === at) given.set("bot-0", [{ moveX: 127, moveY: 0, aim: 0, buttons: 0, reach: 0 }]);
        tape.write(given);
      }
      const commands = Buffer.from(out.bytes()).toString("base64");
      return rerun({ ...incident, legs: [{ ...leg, ids: [...tape.ids], commands }] });
    };
    expect(withOtherCommand(300)).toEqual({ is: "same", ticks: 300 });
    expect(withOtherCommand(20)).toMatchObject({ is: "differs", tick: 21 });
  });

  test("[FLIGHT-12] that is damaged, foreign, newer or of another map is refused with a sentence, and nothing else is thrown", async () => {
    const room = new RecordedMatch("captureTheFlag", 3);
    room.play(60);
    const incident = await room.incident();
    const file = gzipSync(JSON.stringify(incident));
    const refusal = (bytes: Uint8Array) =>
      readIncident(bytes).then(
        () => "read",
        (error) => (error instanceof IncidentError ? error.message : `threw ${error}`),
      );
    expect(await refusal(file)).toBe("read");
    expect(await refusal(Buffer.from("hello"))).toContain("damaged, or no incident");
    expect(await refusal(file.subarray(0, file.length / 2))).toContain("damaged, or no incident");
    expect(await refusal(gzipSync("hello"))).toContain("no JSON");
    expect(await refusal(gzipSync("{}"))).toContain("no incident");
    expect(await refusal(gzipSync(JSON.stringify({ ...incident, format: 9 })))).toContain(
      "newer version (9)",
    );
    expect(await refusal(gzipSync(JSON.stringify({ ...incident, legs: [{}] })))).toContain(
      "damaged at legs.0",
    );
    expect(await refusal(gzipSync(Buffer.alloc(100 * 1024 * 1024)))).toContain("damaged, or no incident");
    const [leg] = incident.legs;
    const onOther = (fields: object) => () => rerun({ ...incident, legs: [{ ...leg, ...fields } as never] });
    expect(onOther({ mapSha256: "" })).toThrow('the map "causeway" has changed since');
    expect(onOther({ mapSha256: "", map: "moon" })).toThrow('no map "moon"');
    expect(onOther({ ids: [] })).toThrow("commands are damaged");
    // A forged lineup: one drone a hundred times, which then costs as much in every tick.
    const crowded = Buffer.from([0, 100, ...Array(200).fill(0)]).toString("base64");
    expect(onOther({ ids: ["bot-0"], commands: crowded })).toThrow("100 of 1 drones");
  });

  test("[FLIGHT-13] with any byte of it changed is read or refused, and never throws or hangs", async () => {
    const room = new RecordedMatch("kingOfTheHill", 3);
    armAll(room.world);
    room.play(40);
    const incident = await room.incident();
    const [leg] = incident.legs;
    if (!leg) throw new Error("nothing was recorded");
    const field = fc.constantFrom("commands", "answers");
    fc.assert(
      fc.property(field, fc.nat(), fc.integer({ min: 1, max: 255 }), (name, at, change) => {
        const bytes = Buffer.from(leg[name as "commands"], "base64");
        if (bytes.length === 0) return;
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
        const legs = [{ ...leg, [name]: bytes.toString("base64") }];
        try {
          rerun({ ...incident, legs });
        } catch (error) {
          expect(error).toBeInstanceOf(IncidentError);
        }
      }),
      { numRuns: 300, seed: 17 },
    );
  });
});

test("[FLIGHT-14] commands of all forms come back as they were, in the order of their drones", () => {
  const number = fc.oneof(
    fc.integer({ min: -128, max: 255 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const aim = fc.oneof(fc.nat(65_535).map(aimOfCode), fc.double({ min: -7, max: 7, noNaN: true }));
  const command = fc.record({ moveX: number, moveY: number, aim, buttons: number, reach: number });
  const tick = fc.uniqueArray(
    fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.array(command, { maxLength: 3 })),
    {
      selector: ([id]) => id,
    },
  );
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 8 }), (ticks) => {
      const out = new ByteWriter();
      const tape = new CommandTape(out);
      for (const entries of ticks) tape.write(new Map(entries));
      const reader = new CommandReader(new ByteReader(out.bytes()), tape.ids);
      // JSON: 0 and −0 are one number.
      for (const entries of ticks)
        expect(JSON.stringify([...reader.read()])).toBe(
          JSON.stringify([...new Map(entries)].map(([id, all]) => [id, all.map(ordered)])),
        );
    }),
    { seed: 17 },
  );
  function ordered({ moveX, moveY, aim: rad, buttons, reach }: Required<Omit<Command, "seenAtMs">>) {
    return { moveX, moveY, aim: rad, buttons, reach };
  }
});

test("[FLIGHT-15] the shots of a room are hashed: a shot more is another world", () => {
  const { world } = new RecordedMatch("deathmatch");
  const before = hashWorld(world);
  fireAt(world, "bot-0", "bot-1");
  expect(hashWorld(world)).not.toBe(before);
});
