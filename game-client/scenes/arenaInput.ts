/** The input of the arena, made once for the page: what is held while one match ends is held when the next begins. */
import { deviceInUse } from "#client/deviceInUse.ts";
import type { Device } from "#client/input/device.ts";
import { createDevices } from "#client/input/devices.ts";
import { createWatchInput, type WatchInput } from "#client/input/watchInput.ts";
import type { Bindings } from "#client/settings/bindings.ts";
import { settings } from "#client/settings/settings.ts";
import { chatOpen } from "#client/ui/chat/chatModel.ts";
import { roomOpen } from "#client/ui/room/roomModel.ts";
import { settingsOpen, touchSticks } from "#client/ui/state/model.ts";

/** A replay's camera leaves the buttons and the D-pad of a gamepad to its controls. */
type Steered = "drone" | "camera" | "replay" | "nothing";

export interface ArenaInput {
  readonly devices: Device;
  readonly watch: WatchInput;
  /** Whether the devices steer a drone now, and no menu has them. */
  readonly isSteering: boolean;
  /** Chooses what follows the input; presses from before are forgotten, and what is held stays held. */
  steer(what: Steered): void;
}

/** A panel has the keys, buttons and touches, so the drone gets neutral commands. */
const isMenuOpen = () =>
  settingsOpen.value || roomOpen.value || (chatOpen.value && deviceInUse.value === "pad");

/** The middle of a stick's picture, which ui/hud/TouchControls.tsx draws. */
function restOfStick(side: "move" | "aim"): { x: number; y: number } | undefined {
  const box = document.querySelector(`.touch-stick-${side}`)?.getBoundingClientRect();
  return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Keys move the camera only. The right trigger steps to the next player, the left one to the one before. */
const overReplay = memoized((bindings: Bindings): Bindings => {
  const rows = Object.entries(bindings).map(([action, { keys }]) => {
    const pad = action === "fire" ? "Pad7" : action === "altFire" ? "Pad6" : "";
    // The key that dashes may be Shift, which types "<" and ">".
    return [action, { keys: action.startsWith("move") ? keys : ["", ""], pad: [pad, ""] }];
  });
  return Object.fromEntries(rows) as Bindings;
});

/** Remembers the newest result: bindings are read in each frame. */
function memoized<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
  let last: { given: Given; made: Made } | undefined;
  return (given) => {
    if (last?.given !== given) last = { given, made: make(given) };
    return last.made;
  };
}

/** `surface` is the element of the fight. */
export function createArenaInput(surface: HTMLElement): ArenaInput {
  let steered: Steered = "nothing";
  const devices = createDevices({
    surface,
    isAway: () => steered !== "drone" || isMenuOpen(),
    showSticks: (sticks) => {
      touchSticks.value = sticks;
    },
    restOf: restOfStick,
  });
  const watch = createWatchInput({
    surface,
    bindings: () => (steered === "replay" ? overReplay(settings.bindings.value) : settings.bindings.value),
    isAway: () => (steered !== "camera" && steered !== "replay") || isMenuOpen(),
  });
  return {
    devices,
    watch,
    get isSteering() {
      return steered === "drone" && !isMenuOpen();
    },
    steer(what) {
      steered = what;
      devices.takeButtons();
      devices.letGo();
      watch.takeStep();
      watch.takeDrag();
    },
  };
}
