/** What the own drone can do now: its special and what is left of it, its dash, and what it is charged with. */
import { kit } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { WeaponIcon } from "./WeaponIcon.tsx";

export function KitBar() {
  const { special, dashShare, haste, overcharge } = kit.value;
  return (
    <div class="kit">
      <Ready
        share={special?.readyShare ?? 0}
        label={special ? STRINGS.weapons[special.weapon] : STRINGS.loadout.noSpecial}
      >
        {special ? <WeaponIcon weapon={special.weapon} /> : <span class="kit-empty" />}
        {special && <span class="kit-ammo figures">{special.ammo}</span>}
      </Ready>
      <Ready share={dashShare} label={STRINGS.loadout.dash}>
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 6 10 12 4 18M10 6 16 12 10 18M16 6 22 12 16 18" />
        </svg>
      </Ready>
      {haste && <span class="kit-charge kit-haste">{STRINGS.loadout.haste}</span>}
      {overcharge && <span class="kit-charge kit-overcharge">{STRINGS.loadout.overcharge}</span>}
    </div>
  );
}

interface ReadyProps {
  share: number;
  label: string;
  children: preact.ComponentChildren;
}

/** Fills as it gets ready. */
function Ready({ share, label, children }: ReadyProps) {
  const shown = Math.min(1, Math.max(0, share));
  return (
    <div
      class={shown >= 1 ? "kit-slot glass kit-ready" : "kit-slot glass"}
      role="img"
      aria-label={label}
      title={label}
    >
      <span class="kit-fill" style={{ transform: `scaleY(${shown})` }} />
      {children}
    </div>
  );
}
