/** Every action and what it is bound to; pressing a slot waits for the key or button that is to be there. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
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
import { STRINGS } from "#client/ui/strings/strings.ts";
import { nameOfCode } from "./codeNames.ts";

/** The slot that waits for a press. */
const waiting = signal<Place | undefined>(undefined);
/** What the last change did: read out, and shown. */
const told = signal("");
let stopWaiting = new AbortController();

export function ControlsTab() {
  const words = STRINGS.settings;
  useEffect(() => {
    return () => {
      stopWaiting.abort();
      told.value = "";
    };
  }, []);
  return (
    <>
      <BindingTable kind="keys" />
      <p class="settings-note">{words.escape}</p>
      <BindingTable kind="pad" />
      <p class="settings-note">{words.padHow}</p>
      <h2 class="settings-subtitle">{words.touch}</h2>
      <p class="settings-note">{words.touchHow}</p>
      <Button
        look="plain"
        onPress={() => {
          resetBindings();
          told.value = words.resetDone;
        }}
      >
        {words.reset}
      </Button>
    </>
  );
}

/** Outside the tab's panel, so that it covers no slot. */
export function ControlsTold() {
  return (
    <p class={told.value ? "settings-told" : "visually-hidden"} role="status">
      {told.value}
    </p>
  );
}

function BindingTable({ kind }: { kind: BindingKind }) {
  const words = STRINGS.settings;
  return (
    <table class="bindings">
      <caption class="settings-subtitle">{words[kind]}</caption>
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
  const now = waiting.value;
  const isWaiting = now?.action === action && now.kind === kind && now.slot === slot;
  // Fighting without a key for it is a mistake; a key for the graph is not needed.
  const isMissing = isNeeded(action, kind) && slot === 0;
  const looks = ["slot", isWaiting && "slot-waiting", isMissing && "slot-missing"].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      class={looks}
      aria-label={words.slot(words.actions[action], slot === 0 ? words.first : words.second, name)}
      onClick={() => void rebind({ action, kind, slot })}
    >
      {isWaiting ? words.pressShort : name}
    </button>
  );
}

const NEEDED: readonly Action[] = ["moveUp", "moveLeft", "moveDown", "moveRight", "fire", "altFire", "dash"];

/** Nothing is bound where something should be; a gamepad moves by its stick. */
function isNeeded(action: Action, kind: BindingKind): boolean {
  if (!NEEDED.includes(action) || (kind === "pad" && action.startsWith("move"))) return false;
  return settings.bindings.value[action][kind].every((code) => code === "");
}

async function rebind(place: Place): Promise<void> {
  const words = STRINGS.settings;
  stopWaiting.abort();
  const mine = new AbortController();
  stopWaiting = mine;
  waiting.value = place;
  told.value = place.kind === "keys" ? words.pressKey : words.pressPad;
  const code = await nextPress(place.kind, mine.signal);
  if (stopWaiting !== mine) return;
  waiting.value = undefined;
  told.value = code === undefined ? "" : put(place, code);
}

/** Binds, and says what that did. */
function put(place: Place, code: string): string {
  const words = STRINGS.settings;
  const { bindings, loser } = bind(settings.bindings.value, place, code);
  settings.bindings.value = bindings;
  if (code === "") return words.emptied(words.actions[place.action]);
  const done = words.bound(words.actions[place.action], nameOfCode(code));
  if (!loser) return done;
  const from = words.actions[loser.action];
  const instead = nameOfCode(loser.now);
  const exchange = instead
    ? words.swapped(nameOfCode(code), from, instead)
    : words.taken(nameOfCode(code), from);
  return `${done} ${exchange}`;
}
