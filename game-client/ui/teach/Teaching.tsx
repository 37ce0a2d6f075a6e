/** Over the arena's foot: the prompts of a first visit, and a line for the pickup at hand. The aim stays free. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { settings } from "#client/settings/settings.ts";
import { life } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isSpecial } from "#shared/tuning.ts";
import { KeyCap } from "./KeyCap.tsx";
import { fireNames, type KeyName, keyNameOf, moveNames } from "./keyNames.ts";
import { pickupNote, prompt } from "./lessons.ts";
import { PickupIcon } from "./PickupIcon.tsx";
import { pickupGives, pickupName } from "./pickupWords.ts";
import type { PromptName } from "./prompts.ts";

export function Teaching() {
  // The death card lies there until the respawn.
  if (!settings.hints.value || life.value.kind !== "alive") return null;
  return (
    <div class="teaching">
      <PickupLine />
      <Prompt />
    </div>
  );
}

/** "Rail gun · Right click · 5 shots". */
function PickupLine() {
  const note = pickupNote.value;
  if (!note) return null;
  const { kind, key } = note;
  const trigger = isSpecial(kind) && keyNameOf("altFire", deviceInUse.value);
  return (
    <p key={key} class="taught pickup-line glass">
      <PickupIcon kind={kind} />
      <strong>{pickupName(kind)}</strong>
      {trigger && <KeyCap of={trigger} />}
      <span>{pickupGives(kind)}</span>
    </p>
  );
}

function Prompt() {
  const shown = prompt.value;
  if (!shown) return null;
  const { name, isDone } = shown;
  return (
    <p
      key={name}
      class={isDone ? "taught prompt prompt-done glass" : "taught prompt glass"}
      data-prompt={name}
    >
      {isDone ? <DoneIcon /> : namesFor(name).map((key) => <KeyCap key={key.text} of={key} />)}
      <span>{textOf(name)}</span>
    </p>
  );
}

function namesFor(name: PromptName): readonly KeyName[] {
  const device = deviceInUse.value;
  if (name === "move") return moveNames(device);
  if (name === "fire") return fireNames(device);
  if (name === "pickup") return [];
  const key = keyNameOf(name === "special" ? "altFire" : name, device);
  return key ? [key] : [];
}

function textOf(name: PromptName): string {
  const words = STRINGS.teach.prompts;
  return name === "fire" ? words.fire[deviceInUse.value] : words[name];
}

function DoneIcon() {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 13 10 19 21 5" />
    </svg>
  );
}
