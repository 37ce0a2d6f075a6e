/** What does a player see whose line carries half of what a fight takes? */
import type { WebSocket } from "ws";
import type { ArenaState } from "#shared/schema/state.ts";
import { type Probe, until, wait } from "./lab.ts";

const CROWD = 7;
const LEARN_MS = 4_000;
const SHARE = 0.5;
/** Older news than this is no fight any more. */
const MEDIAN_AGE_MAX_SEC = 4;
const LOOK_EVERY_MS = 100;

export const starved: Probe = {
  claim: "age of what is shown on half of the bandwidth that the fight needs",
  bound: `half of the time under ${MEDIAN_AGE_MAX_SEC} s, no connection lost`,
  async run(lab, thorough) {
    const network = await lab.network({ rttMs: 40 });
    const { room } = await lab.enter("Starved", network);
    for (let i = 0; i < CROWD; i++) await lab.enter(`Mover ${i}`);
    const { state, clients } = lab.server.roomOf(room);
    let drops = 0;
    room.onDrop(() => drops++);
    const stopMoving = moveAll(state);
    try {
      const needed = await bytesPerSec(clients.getById(room.sessionId)?.ref as unknown as WebSocket);
      network.change({ bytesPerSec: needed * SHARE });
      const agesSec: number[] = [];
      const start = performance.now();
      await until(
        "the time is over",
        () => {
          if (performance.now() > start + agesSec.length * LOOK_EVERY_MS) {
            agesSec.push((state.tick - room.state.tick) / 30);
          }
          return performance.now() - start > (thorough ? 60_000 : 15_000);
        },
        90_000,
      );
      const sorted = agesSec.toSorted((a, b) => a - b);
      const [median = 0, oldest = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
      return {
        measured: `median ${median.toFixed(1)} s, oldest ${oldest.toFixed(1)} s, ${drops} drops (needs ${needed.toFixed(0)} B/s)`,
        holds: median < MEDIAN_AGE_MAX_SEC && drops === 0,
      };
    } finally {
      stopMoving();
    }
  },
};

/** Everybody in view of each other, and never still. */
function moveAll({ drones }: ArenaState): () => void {
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [place, drone] of [...drones.values()].entries()) {
      const x = 900 + 60 * Math.cos(now / 700 + place);
      Object.assign(drone, { x, y: 700 + 60 * Math.sin(now / 500 + place) });
    }
  }, 33);
  return () => clearInterval(timer);
}

async function bytesPerSec(socket: WebSocket): Promise<number> {
  const { send } = socket;
  let bytes = 0;
  socket.send = (...args: unknown[]) => {
    bytes += (args[0] as Uint8Array).length;
    Reflect.apply(send, socket, args);
  };
  await wait(LEARN_MS);
  socket.send = send;
  return (bytes * 1000) / LEARN_MS;
}
