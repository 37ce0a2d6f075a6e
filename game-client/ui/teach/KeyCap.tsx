/** A key or button as a cap: its name, or an icon where the device has one for it. */
import { DashIcon, MousePressIcon, SpecialIcon } from "#client/ui/kit/icons.tsx";
import type { KeyName } from "./keyNames.ts";

interface KeyCapProps {
  of: KeyName;
  /** For the HUD's slots, which have no room for names of mouse buttons. */
  isShort?: boolean;
}

export function KeyCap({ of: { text, code, touch }, isShort = false }: KeyCapProps) {
  const icon = touch ? TOUCH_ICONS[touch]() : isShort && mouseIcon(code);
  return (
    <kbd translate={false}>
      {icon}
      {icon ? <span class="visually-hidden">{text}</span> : text}
    </kbd>
  );
}

const TOUCH_ICONS = { altFire: SpecialIcon, dash: DashIcon } as const;

function mouseIcon(code = "") {
  if (code === "Mouse0") return <MousePressIcon />;
  if (code !== "Mouse2") return undefined;
  return (
    <span class="key-mirrored">
      <MousePressIcon />
    </span>
  );
}
