/** Every action with its bindings. Pressing a slot binds the next key or button to it. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type DeviceKind, deviceInUse } from "#client/deviceInUse.ts";
import {
  ACTIONS,
  type Action,
  type BindingKind,
  bind,
  codeAt,
  type Place,
  SLOTS,
  type Slot,
} from "#client/settings/bindings.ts";
import { nextPress } from "#client/settings/nextPress.ts";
import { resetBindings, settings } from "#client/settings/settings.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { nameOfCode } from "./codeNames.ts";

/** The slot that waits for a press. */
const waitingSlot = signal<Place | undefined>(undefined);
/** What the last change did; screen readers read it out. */
const notice = signal("");
let stopWaiting = new AbortController();

export function ControlsTab() {
  const words = STRINGS.settings;
  useEffect(() => {
    return () => {
      stopWaiting.abort();
      notice.value = "";
    };
  }, []);
  return (
    <>
      {sectionsFrom(deviceInUse.value).map((device) => {
        const Section = SECTIONS[device];
        return <Section key={device} />;
      })}
      <Button
        look="plain"
        onPress={() => {
          resetBindings();
          notice.value = words.resetDone;
        }}
      >
        {words.reset}
      </Button>
    </>
  );
}

/** A section for each device. */
const SECTIONS: Readonly<Record<DeviceKind, () => ComponentChildren>> = {
  keys: () => (
    <>
      <BindingTable kind="keys" />
      <p class="dialog-note">{STRINGS.settings.escape}</p>
    </>
  ),
  pad: () => (
    <>
      <BindingTable kind="pad" />
      <p class="dialog-note">{STRINGS.settings.padHow}</p>
    </>
  ),
  touch: () => (
    <>
      <h2 class="dialog-subtitle">{STRINGS.settings.touch}</h2>
      <p class="dialog-note">{STRINGS.settings.touchHow}</p>
    </>
  ),
};

/** The device in use comes first. */
const sectionsFrom = (device: DeviceKind): DeviceKind[] => [
  device,
  ...(["keys", "pad", "touch"] as const).filter((other) => other !== device),
];

/** Below the tab's panel, so that it covers no slot. */
export function BindingNotice() {
  return (
    <p class={notice.value ? "dialog-notice" : "visually-hidden"} role="status">
      <Sentence text={notice.value} />
    </p>
  );
}

function BindingTable({ kind }: { kind: BindingKind }) {
  const words = STRINGS.settings;
  return (
    <table class="bindings">
      <caption class="dialog-subtitle">{words[kind]}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{words.action}</th>
          <th scope="col">{words.first}</th>
          <th scope="col">{words.second}</th>
        </tr>
      </thead>
      <tbody>
        {ACTIONS.map((action) => (
          <tr key={action}>
            <th scope="row">{words.actions[action]}</th>
            {SLOTS.map((slot) => (
              <td key={slot}>
                <SlotButton action={action} kind={kind} slot={slot} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SlotButton(place: { action: Action; kind: BindingKind; slot: Slot }) {
  const words = STRINGS.settings;
  const { action, kind, slot } = place;
  const name = nameOfCode(codeAt(settings.bindings.value, place)) || words.unbound;
  const now = waitingSlot.value;
  const isWaiting = now?.action === action && now.kind === kind && now.slot === slot;
  const isMissing = isMissingBinding(action, kind) && slot === 0;
  const looks = ["slot", isWaiting && "slot-waiting", isMissing && "slot-missing"].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      class={looks}
      translate={isWaiting ? undefined : false}
      aria-label={words.slot(words.actions[action], slot === 0 ? words.first : words.second, name)}
      onClick={() => void rebind({ action, kind, slot })}
    >
      {isWaiting ? words.pressShort : name}
    </button>
  );
}

const NEEDED: readonly Action[] = ["moveUp", "moveLeft", "moveDown", "moveRight", "fire", "altFire", "dash"];

/** Whether an action that a fight needs has no binding. A gamepad moves by its stick. */
function isMissingBinding(action: Action, kind: BindingKind): boolean {
  if (!NEEDED.includes(action) || (kind === "pad" && action.startsWith("move"))) return false;
  return settings.bindings.value[action][kind].every((code) => code === "");
}

async function rebind(place: Place): Promise<void> {
  const words = STRINGS.settings;
  stopWaiting.abort();
  const stop = new AbortController();
  stopWaiting = stop;
  waitingSlot.value = place;
  notice.value = place.kind === "keys" ? words.pressKey : words.pressPad;
  const code = await nextPress(place.kind, stop.signal, () => {
    notice.value = words.reserved;
  });
  if (stopWaiting !== stop) return;
  waitingSlot.value = undefined;
  notice.value = code === undefined ? "" : bindTo(place, code);
}

/** Binds the code to the slot; returns what that changed, as text. */
function bindTo(place: Place, code: string): string {
  const words = STRINGS.settings;
  const { bindings, loser } = bind(settings.bindings.value, place, code);
  settings.bindings.value = bindings;
  if (code === "") return words.emptied(words.actions[place.action]);
  const name = called(nameOfCode(code));
  const done = words.bound(words.actions[place.action], name);
  if (!loser) return done;
  const from = words.actions[loser.action];
  const instead = nameOfCode(loser.now);
  const exchange = instead ? words.swapped(name, from, called(instead)) : words.taken(name, from);
  return `${done} ${exchange}`;
}
