/** Who did it, and how long until the next try. */
import type { Life } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { WeaponIcon } from "./WeaponIcon.tsx";

export function RespawnCard({
  killer,
  weapon,
  respawnInSec,
}: Omit<Extract<Life, { kind: "destroyed" }>, "kind">) {
  const { respawn } = STRINGS;
  const seconds = Math.ceil(respawnInSec);
  return (
    <section class="respawn glass" aria-label={respawn.destroyed}>
      <p class="respawn-by">{killer ? respawn.destroyedBy : respawn.destroyed}</p>
      {killer && (
        <p class="respawn-killer">
          {killer} {weapon && <WeaponIcon weapon={weapon} />}
          {weapon && <span class="visually-hidden">{STRINGS.weapons[weapon]}</span>}
        </p>
      )}
      <p class="respawn-in">
        {seconds > 0 ? respawn.backIn : respawn.now}
        {seconds > 0 && (
          <strong key={seconds} class="respawn-count figures">
            {seconds}
          </strong>
        )}
      </p>
    </section>
  );
}
