import { pack } from "msgpackr";
import { expect, test } from "vitest";
import { WatchedFight, type Watcher } from "#server/testing/watchedFight.ts";
import { createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { PATCHES_PER_SEC, TICKS_PER_SEC } from "#shared/config.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { isPlaced } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { drawArena } from "#shared/testing/builders.ts";
import { concerns } from "./eventFanout.ts";

const PLAYERS = 16;
const SECONDS = 30;
/** Bytes per second and player. docs/netcode.md says what they consist of and what would reduce them. */
const BUDGET = 4050;
/** Protocol byte, server time and ack in front of every patch (ProtocolModifier.TIMED). */
const TIMED_PREFIX_BYTES = 8;
/** WebSocket header of a short frame from the server. */
const FRAME_BYTES = 2;

/** Every player always sees all others: the most that a room of 16 can cost. */
const pit = drawArena(
  "####################",
  "#S...S...S...S...S.#",
  "#..................#",
  "#....##......##....#",
  "#S.................#",
  "#.................S#",
  "#....##......##....#",
  "#..................#",
  "#S...S...S...S...S.#",
  "####################",
);

test("[BYTES-1] a fight of 16 players in view of each other costs at most BUDGET bytes/s per player", () => {
  const fight = new WatchedFight(pit, 7);
  const watchers: Watcher[] = [];
  const brains = Array.from({ length: PLAYERS }, (_, i) => createBrain(pit, seededRandom(100 + i)));
  for (let i = 0; i < PLAYERS; i++) watchers.push(fight.join(`player${i}`));
  for (const watcher of watchers) fight.acknowledge(watcher);

  let patchBytes = 0;
  let eventBytes = 0;
  let frames = 0;
  const { state } = fight.world;
  const snapshot = new WorldSnapshot(pit);
  for (let tick = 1; tick <= SECONDS * TICKS_PER_SEC; tick++) {
    snapshot.read(state);
    const commands = new Map(
      watchers.map(({ sessionId }, i) => {
        const perception = snapshot.perceptionOf(sessionId);
        const brain = brains[i];
        if (!perception || !brain) throw new Error("no drone, or no brain");
        return [sessionId, [brain.think(perception)]] as const;
      }),
    );
    const events = fight.step(commands);
    for (const { sessionId } of watchers) {
      const visible = events.filter((event) =>
        isPlaced(event) ? fight.canSee(sessionId, event) : concerns(event, sessionId),
      );
      if (visible.length === 0) continue;
      eventBytes +=
        pack({ tick: state.tick, events: visible.map(packEvent) }).length +
        MESSAGE.event.length +
        2 +
        FRAME_BYTES;
      frames++;
    }
    // Two patches to three ticks.
    if (tick % 3 === 0) continue;
    fight.patch();
    for (const { bytes } of watchers) patchBytes += bytes.length + 1 + TIMED_PREFIX_BYTES + FRAME_BYTES;
    frames += watchers.length;
  }
  const perPlayer = (bytes: number) => Math.round(bytes / PLAYERS / SECONDS);
  console.log(
    `bytes/s a player: ${perPlayer(patchBytes + eventBytes)} (patches ${perPlayer(patchBytes)}, events ${perPlayer(eventBytes)}), ` +
      `frames/s ${(frames / PLAYERS / SECONDS).toFixed(1)}, shots ${fight.world.lastProjectileId}, patches/s ${PATCHES_PER_SEC}`,
  );
  expect(fight.world.lastProjectileId).toBeGreaterThan(500);
  expect(perPlayer(patchBytes + eventBytes)).toBeLessThanOrEqual(BUDGET);
});
