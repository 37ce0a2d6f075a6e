/** Holds what the HUD teaches now, as signals that scenes/lessons.ts writes, and what this device's player has learned. */
import { signal } from "@preact/signals";
import { pageMemory } from "#client/storage.ts";
import { isSpecial, PICKUP_NAMES, type PickupName } from "#shared/tuning.ts";
import { PROMPT_NAMES, type PromptName } from "./prompts.ts";

export interface ShownPrompt {
  readonly name: PromptName;
  /** Whether the player has just done it: the prompt then goes. */
  readonly isDone: boolean;
}

export const prompt = signal<ShownPrompt | undefined>(undefined);
/** The pickup that the player has just taken, or sees for the first time. */
export const pickupNote = signal<{ readonly key: number; readonly kind: PickupName } | undefined>(undefined);
/** Whether the HUD says what the mode asks for. */
export const goalShown = signal(false);

const KEY = "fracas.lessons";
/** After so many pickups of a kind, the player knows it. */
const NOTED_AT_MOST = { special: 10, other: 3 } as const;

interface Learned {
  readonly done: Set<PromptName>;
  readonly taken: Map<PickupName, number>;
}

let learned = parseLearned(pageMemory.recall(KEY));

/** Parses stored text; never throws. */
function parseLearned(text: string | undefined): Learned {
  let stored: { done?: unknown; taken?: unknown } | null;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    stored = null;
  }
  const done = Array.isArray(stored?.done) ? stored.done : [];
  const taken = Object(stored?.taken) as Record<string, unknown>;
  return {
    done: new Set(PROMPT_NAMES.filter((name) => done.includes(name))),
    taken: new Map(PICKUP_NAMES.map((kind) => [kind, Number(taken[kind]) || 0])),
  };
}

function keep(): void {
  const { done, taken } = learned;
  pageMemory.remember(KEY, JSON.stringify({ done: [...done], taken: Object.fromEntries(taken) }));
}

export const promptsDone = (): ReadonlySet<PromptName> => learned.done;

export function notePromptDone(name: PromptName): void {
  learned.done.add(name);
  keep();
}

export const timesTaken = (kind: PickupName): number => learned.taken.get(kind) ?? 0;

/** Counts the pickup. Returns whether the HUD should explain it. */
export function notePickup(kind: PickupName): boolean {
  const times = timesTaken(kind);
  const isNews = times < (isSpecial(kind) ? NOTED_AT_MOST.special : NOTED_AT_MOST.other);
  if (isNews) {
    learned.taken.set(kind, times + 1);
    keep();
  }
  return isNews;
}

/** Everything is taught again. */
export function forgetLessons(): void {
  learned = parseLearned(undefined);
  pageMemory.forget(KEY);
}
