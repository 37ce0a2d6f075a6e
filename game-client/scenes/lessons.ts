/** Follows what the player does and meets, for the HUD's prompts, its line at a pickup and the goal of the mode. */
import { deviceInUse } from "#client/deviceInUse.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { settings } from "#client/settings/settings.ts";
import { life, loadout, scoresHeld } from "#client/ui/state/model.ts";
import {
  goalShown,
  notePickup,
  notePromptDone,
  pickupNote,
  prompt,
  promptsDone,
  timesTaken,
} from "#client/ui/teach/lessons.ts";
import { areAllDone, nextPrompt, type PromptName } from "#client/ui/teach/prompts.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import type { Phase } from "#shared/schema/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { isSpecial, PICKUP_NAMES, type PickupName } from "#shared/tuning.ts";

export interface Lessons {
  /** Call with every command that the player sends. */
  noteCommand(command: Command): void;
  handleEvent(event: SimEvent): void;
  /** Call once a frame. */
  update(nowMs: number): void;
}

const REFRESH_MS = 200;
/** Commands with a direction: a third of a second. */
const MOVES = 10;
/** A prompt that is done stays this long, with its tick. */
const DONE_MS = 900;
const PICKUP_MS = 4_000;
/** A special weapon that the player has never had is named within this distance. */
const NEAR_PX = 300;
/** After a match has begun, or the player has come in. */
const GOAL_MS = 8_000;

/** `me`: the player's session id; empty for a spectator, who is taught nothing. */
export function createLessons({ state }: Pick<ArenaLink, "state">, me: string): Lessons {
  let nowMs = 0;
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let moves = 0;
  let doneAtMs = 0;
  let noteUntilMs = 0;
  let goalUntilMs = 0;
  let key = 0;
  let phase: Phase | undefined;
  const named = new Set<PickupName>();
  prompt.value = undefined;
  pickupNote.value = undefined;
  goalShown.value = false;

  const finish = (name: PromptName) => {
    if (promptsDone().has(name)) return;
    notePromptDone(name);
    if (prompt.peek()?.name !== name) return;
    prompt.value = { name, isDone: true };
    doneAtMs = nowMs;
  };

  const tell = (kind: PickupName) => {
    pickupNote.value = { key: key++, kind };
    noteUntilMs = nowMs + PICKUP_MS;
  };

  const showPrompt = () => {
    const shown = prompt.peek();
    if (shown?.isDone && nowMs - doneAtMs < DONE_MS) return;
    const isTaught = settings.hints.peek() && life.peek().kind === "alive";
    const hasSpecial = loadout.peek().special !== undefined;
    const name = isTaught ? nextPrompt(promptsDone(), { device: deviceInUse.peek(), hasSpecial }) : undefined;
    if (name !== shown?.name || shown?.isDone) prompt.value = name && { name, isDone: false };
  };

  const nameNearby = () => {
    const own = state.drones.get(me);
    if (!own || own.hp === 0) return;
    for (const { kind: index, x, y } of state.pickups.values()) {
      const kind = PICKUP_NAMES[index];
      if (!kind || !isSpecial(kind) || named.has(kind) || timesTaken(kind) > 0) continue;
      if (Math.hypot(x - own.x, y - own.y) > NEAR_PX) continue;
      named.add(kind);
      return tell(kind);
    }
  };

  const showGoal = () => {
    if (state.phase !== phase) {
      if (state.phase === "live") goalUntilMs = nowMs + GOAL_MS;
      phase = state.phase;
    }
    goalShown.value = phase === "countdown" || (phase === "live" && nowMs < goalUntilMs);
  };

  return {
    noteCommand({ moveX, moveY, buttons }) {
      if (areAllDone(promptsDone())) return;
      if ((moveX !== 0 || moveY !== 0) && ++moves === MOVES) finish("move");
      if (buttons & BUTTON.fire) finish("fire");
      if (buttons & BUTTON.dash) finish("dash");
      if (buttons & BUTTON.altFire && loadout.peek().special) finish("special");
    },
    handleEvent(event) {
      if (event.type !== "pickup" || event.drone !== me || me === "") return;
      finish("pickup");
      if (settings.hints.peek() && notePickup(event.kind)) tell(event.kind);
    },
    update(now) {
      nowMs = now;
      if (me === "" || now - refreshedAtMs < REFRESH_MS) return;
      refreshedAtMs = now;
      if (scoresHeld.peek()) finish("scores");
      showPrompt();
      showGoal();
      if (now > noteUntilMs) {
        if (pickupNote.peek()) pickupNote.value = undefined;
        else if (settings.hints.peek()) nameNearby();
      }
    },
  };
}
