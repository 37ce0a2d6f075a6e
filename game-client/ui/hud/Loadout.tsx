/** Shows what the player's own drone can do now, with the keys for it: weapons, ammunition, dash, and effects from pickups. */
import type { ComponentChildren } from "preact";
import { deviceInUse } from "#client/deviceInUse.ts";
import { loadout } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { KeyCap } from "#client/ui/teach/KeyCap.tsx";
import { keyNameOf } from "#client/ui/teach/keyNames.ts";
import { WeaponIcon } from "./WeaponIcon.tsx";

export function LoadoutBar() {
  const { special, dashShare, haste, overcharge } = loadout.value;
  const words = STRINGS.loadout;
  const device = deviceInUse.value;
  return (
    <div class="loadout">
      {device !== "touch" && (
        <Slot readyShare={1} label={STRINGS.weapons.blaster} action="fire">
          <WeaponIcon weapon="blaster" />
        </Slot>
      )}
      <Slot
        action="altFire"
        readyShare={special?.readyShare ?? 0}
        label={special ? STRINGS.weapons[special.weapon] : words.noSpecial}
      >
        {special ? <WeaponIcon weapon={special.weapon} /> : <span class="loadout-empty" />}
        {special && <span class="loadout-ammo figures">{special.ammo}</span>}
      </Slot>
      <Slot action="dash" readyShare={dashShare} label={words.dash}>
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 6 10 12 4 18M10 6 16 12 10 18M16 6 22 12 16 18" />
        </svg>
      </Slot>
      {haste && <span class="loadout-effect loadout-haste">{words.haste}</span>}
      {overcharge && <span class="loadout-effect loadout-overcharge">{words.overcharge}</span>}
    </div>
  );
}

interface SlotProps {
  /** From 0 (just used) to 1 (ready): the slot fills up. */
  readyShare: number;
  label: string;
  /** The action whose key stands on the slot. */
  action: "fire" | "altFire" | "dash";
  children: ComponentChildren;
}

function Slot({ readyShare, label, action, children }: SlotProps) {
  const share = Math.min(1, Math.max(0, readyShare));
  const device = deviceInUse.value;
  // The touch screen's buttons have no names.
  const key = device === "touch" ? undefined : keyNameOf(action, device);
  const classes = `loadout-slot loadout-${action} glass ${share >= 1 ? "loadout-ready" : ""}`;
  return (
    <div class={classes} role="img" aria-label={label} title={label}>
      <span class="loadout-fill" style={{ transform: `scaleY(${share})` }} />
      {children}
      {key && (
        <span class="loadout-key" aria-hidden="true">
          <KeyCap of={key} isShort />
        </span>
      )}
    </div>
  );
}
