/** Names what a player presses for an action on the device in use. */
import type { DeviceKind } from "#client/deviceInUse.ts";
import type { Action, Code } from "#client/settings/bindings.ts";
import { settings } from "#client/settings/settings.ts";
import { nameOfCode } from "#client/ui/settings/codeNames.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export interface KeyName {
  readonly text: string;
  /** For keys and buttons of keyboard, mouse and gamepad. */
  readonly code?: Code;
  /** For a button on the touch screen, which has an icon. */
  readonly touch?: "altFire" | "dash";
}

/** Undefined for an action without a key, and for what a touch screen has no button for. Follows the bindings. */
export function keyNameOf(action: Action, device: DeviceKind): KeyName | undefined {
  if (device === "touch") {
    const isButton = action === "altFire" || action === "dash";
    return isButton ? { text: STRINGS.touch[action], touch: action } : undefined;
  }
  const [first, second] = settings.bindings.value[action][device];
  const code = first || second;
  return code === "" ? undefined : { text: nameOfCode(code), code };
}

const DIRECTIONS = ["moveUp", "moveLeft", "moveDown", "moveRight"] as const;

/** The four keys, the stick or the thumb that moves the drone. */
export function moveNames(device: DeviceKind): readonly KeyName[] {
  const { leftStick, leftThumb, rightThumb } = STRINGS.controls;
  if (device === "pad") return [{ text: leftStick }];
  if (device === "touch") return [{ text: settings.leftHanded.value ? rightThumb : leftThumb }];
  return DIRECTIONS.flatMap((action) => keyNameOf(action, device) ?? []);
}

/** Names the controls that aim and fire: by mouse the trigger's key alone. */
export function fireNames(device: DeviceKind): readonly KeyName[] {
  const { leftThumb, rightStick, rightThumb } = STRINGS.controls;
  if (device === "touch") return [{ text: settings.leftHanded.value ? leftThumb : rightThumb }];
  const trigger = keyNameOf("fire", device);
  return [...(device === "pad" ? [{ text: rightStick }] : []), ...(trigger ? [trigger] : [])];
}
