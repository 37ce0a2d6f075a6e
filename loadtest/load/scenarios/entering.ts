/** Lets clients join, spread over time, in public or in private rooms. */
import type { BotSpec } from "#loadtest/load/bots/orders.ts";
import { player, type Stage } from "./scenario.ts";

/** Starts `count` joins evenly over `overMs`, without waiting for one before the next. Resolves when all are done. */
export async function enterEvenly(
  stage: Stage,
  count: number,
  overMs: number,
  specOf: (index: number) => Omit<BotSpec, "number">,
): Promise<void> {
  const entering: Promise<unknown>[] = [];
  for (let index = 0; index < count && !stage.isOver; index++) {
    entering.push(stage.crowd.enter(specOf(index)));
    await stage.wait(overMs / count);
  }
  await Promise.all(entering);
}

export const enterPublic = (stage: Stage, count: number, overMs: number) =>
  enterEvenly(stage, count, overMs, () => player(stage));

/** One player creates each room, then the others join it. */
export async function enterPrivate(
  stage: Stage,
  count: number,
  roomSize: number,
  overMs: number,
): Promise<void> {
  const rooms = Math.ceil(count / roomSize);
  const filling: Promise<unknown>[] = [];
  for (let room = 0; room < rooms && !stage.isOver; room++) {
    const size = Math.min(roomSize, count - room * roomSize);
    filling.push(fillRoom(stage, size));
    await stage.wait(overMs / rooms);
  }
  await Promise.all(filling);
}

async function fillRoom(stage: Stage, size: number): Promise<void> {
  const first = await stage.crowd.enter({ ...player(stage), way: { kind: "own", players: size } });
  if (!first.entered) return;
  const way = { kind: "room", roomId: first.roomId } as const;
  await Promise.all(Array.from({ length: size - 1 }, () => stage.crowd.enter({ ...player(stage), way })));
  if (!first.isHeld) return;
  const started = await stage.crowd.ask(first.number, { type: "host", message: { do: "start" } });
  if (!started.agreed) stage.note(`the match of room ${first.roomId} does not start: ${started.why}`);
}
