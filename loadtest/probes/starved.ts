/** How old is the picture of a player whose connection has half the bandwidth that a fight needs? */
import type { WebSocket } from "ws";
import { TICK_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { median } from "#shared/figures/stats.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { type Lab, type Probe, until, wait } from "./lab.ts";

const CROWD = 7;
const BANDWIDTH_SHARE = 0.5;
/** A player cannot fight on an older picture. */
const MEDIAN_AGE_MAX_SEC = 4;
const LOOK_EVERY_MS = 100;

export const starved: Probe = {
  claim: "age of what is shown on half of the bandwidth that the fight needs",
  bound: `half of the time under ${MEDIAN_AGE_MAX_SEC} s, no connection lost`,
  async run(lab, isThorough) {
    const network = await lab.network({ rttMs: 40 });
    const { room } = await lab.enter("Starved", network);
    for (let i = 0; i < CROWD; i++) await lab.enter(`Mover ${i}`);
    const { state, clients } = lab.server.roomOf(room);
    let drops = 0;
    room.onDrop(() => drops++);
    const stopMoving = moveAll(state);
    try {
      const socket = clients.getById(room.sessionId)?.ref as unknown as WebSocket;
      const needed = await measureBytesPerSec(socket, isThorough ? 4000 : 1000);
      network.change({ bytesPerSec: needed * BANDWIDTH_SHARE });
      const tickBefore = room.state.tick;
      const agesSec = await watchAges(room, state, isThorough ? 60_000 : 4000);
      const medianSec = median(agesSec);
      return {
        measured: `median ${medianSec.toFixed(1)} s, oldest ${Math.max(...agesSec).toFixed(1)} s, ${drops} drops (needs ${needed.toFixed(0)} B/s)`,
        holds: drops === 0 && room.state.tick > tickBefore,
        isInTime: medianSec < MEDIAN_AGE_MAX_SEC,
      };
    } finally {
      stopMoving();
    }
  },
};

type Room = Awaited<ReturnType<Lab["enter"]>>["room"];

/** How far the client's state is behind the server's, in seconds, looked at ten times a second. */
async function watchAges(room: Room, state: ArenaState, durationMs: number): Promise<number[]> {
  const agesSec: number[] = [];
  const startMs = performance.now();
  await until(
    "the time is over",
    () => {
      const elapsedMs = performance.now() - startMs;
      if (elapsedMs > agesSec.length * LOOK_EVERY_MS) {
        agesSec.push((state.tick - room.state.tick) / TICKS_PER_SEC);
      }
      return elapsedMs > durationMs;
    },
    durationMs + 30_000,
  );
  return agesSec;
}

/** Keeps all drones in view of each other and in motion until the returned function is called. */
function moveAll({ drones }: ArenaState): () => void {
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [place, drone] of [...drones.values()].entries()) {
      const x = 900 + 60 * Math.cos(now / 700 + place);
      Object.assign(drone, { x, y: 700 + 60 * Math.sin(now / 500 + place) });
    }
  }, TICK_MS);
  return () => clearInterval(timer);
}

async function measureBytesPerSec(socket: WebSocket, durationMs: number): Promise<number> {
  const { send } = socket;
  let bytes = 0;
  socket.send = (...args: unknown[]) => {
    bytes += (args[0] as Uint8Array).length;
    Reflect.apply(send, socket, args);
  };
  await wait(durationMs);
  socket.send = send;
  return (bytes * 1000) / durationMs;
}
