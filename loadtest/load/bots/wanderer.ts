/** Drives a light bot, which sees nothing: it takes random directions and fires at random. */
import type { Room } from "@colyseus/sdk";
import { TICK_MS } from "#shared/config.ts";
import { BUTTON, type Command, type CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Driver } from "./driver.ts";

const HOLD_COMMANDS = 12;
const FIRES_SHARE = 0.4;
/** Commands sent at once after a standstill, at most: the SDK's bound for a page. */
const DUE_MAX = 5;

export function createWanderer(room: Room, random: Random, onSent: (seq: number) => void): Driver {
  const input = room.input<CommandInput>();
  let owedMs = 0;
  let framedAt = -1;
  let made = 0;
  input.onSend(onSent);
  return {
    frame(nowMs) {
      owedMs = Math.min(owedMs + (framedAt < 0 ? 0 : nowMs - framedAt), DUE_MAX * TICK_MS);
      framedAt = nowMs;
      for (; owedMs >= TICK_MS; owedMs -= TICK_MS) {
        if (made++ % HOLD_COMMANDS === 0) Object.assign(input.data, drawCommand(random));
        input.send();
      }
    },
    restart() {
      framedAt = -1;
      owedMs = 0;
    },
    dispose() {},
  };
}

const drawCommand = (random: Random): Command => ({
  moveX: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  moveY: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  aim: random.next() * 2 * Math.PI,
  buttons: random.next() < FIRES_SHARE ? BUTTON.fire : 0,
  reach: 0,
});
