/** The foot of the HUD: health, streak and loadout, or what a spectator watches. */
import { isLowHealth } from "#client/lowHealth.ts";
import { WatchBar } from "#client/ui/room/WatchBar.tsx";
import { life } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { DRONE } from "#shared/tuning.ts";
import { OwnStreak } from "./Announcements.tsx";
import { LoadoutBar } from "./Loadout.tsx";

export function Vitals() {
  const now = life.value;
  if (now.kind === "watching") return <WatchBar />;
  // DeathCard takes their place.
  if (now.kind === "destroyed") return null;
  return (
    <>
      <HealthBar hp={now.hp} shield={now.shield} />
      <OwnStreak />
      <LoadoutBar />
    </>
  );
}

function HealthBar({ hp, shield }: { hp: number; shield: number }) {
  const shown = Math.max(0, Math.ceil(hp));
  const share = Math.min(1, Math.max(0, hp / DRONE.hp));
  const isLow = isLowHealth(hp);
  return (
    <>
      {isLow && <div class="low-health-rim" />}
      {shield > 0 && (
        <meter class="visually-hidden" aria-label={STRINGS.shield} max={DRONE.maxShield} value={shield} />
      )}
      <meter class="visually-hidden" aria-label={STRINGS.health} max={DRONE.hp} value={shown} />
      <div class={isLow ? "health glass health-low" : "health glass"} aria-hidden="true">
        <svg class="icon health-icon" viewBox="0 0 24 24" aria-hidden="true">
          <path class="icon-solid" d="M9 3H15V9H21V15H15V21H9V15H3V9H9Z" />
        </svg>
        <div class="health-track">
          <div class="health-lost" style={{ transform: `scaleX(${share})` }} />
          <div class="health-left" style={{ transform: `scaleX(${share})` }} />
          <div class="health-shield" style={{ transform: `scaleX(${shield / DRONE.maxShield})` }} />
        </div>
        <span class="health-number figures">
          {shown}
          {shield > 0 && <span class="health-shield-number">{`+${shield}`}</span>}
        </span>
      </div>
    </>
  );
}
