/** The reader of the tutorial's patches against the encoder of @colyseus/schema. */
import { Encoder } from "@colyseus/schema";
import { expect, test } from "vitest";
import { Player, TutorialState } from "#loadtest/bench/wires/tutorialState.ts";
import { aimIn, refIdOf } from "./tutorialWire.ts";

/** A frame as Colyseus sends it: the code, then the encoder's bytes. */
const framed = (code: number, bytes: Uint8Array) => Buffer.from([code, ...bytes]);

test("[BENCH-TUTORIAL-1] a light client finds its own aim in any patch of three hundred players", () => {
  const state = new TutorialState();
  const encoder = new Encoder(state);
  const ids = Array.from({ length: 300 }, (_, player) => `session${player}x`);
  const players = ids.map((id, index) => {
    const player = new Player({ x: index + 0.5, y: 2 * index, aim: 0 });
    state.players.set(id, player);
    return player;
  });
  const refIds = ids.map((id) => refIdOf(framed(14, encoder.encodeAll()), id));
  encoder.discardChanges();
  for (let tick = 1; tick < 20; tick++) {
    for (const [index, player] of players.entries()) {
      Object.assign(player, { x: index + tick / 16, y: index - tick / 16, aim: (tick * index) / 1000 });
    }
    const patch = framed(15, encoder.encode());
    encoder.discardChanges();
    for (const index of [1, 60, 127, 128, 254, 255, 256, 299]) {
      expect(aimIn(patch, refIds[index] ?? 0)).toBeCloseTo((tick * index) / 1000, 4);
    }
  }
});
