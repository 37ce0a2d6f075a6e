/** A player's level: its badge, and the bar to the next one. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Level } from "#shared/protocol/progress.ts";
import { shareOfLevel } from "#shared/rating/level.ts";
import { count } from "./figures.ts";

export function LevelBadge({ level }: { level: number }) {
  return (
    <span class="level-badge figures" role="img" aria-label={STRINGS.progress.level(level)}>
      <svg viewBox="0 0 40 44" aria-hidden="true">
        <path d="M20 1.500 38 11.500V32.500L20 42.500 2 32.500V11.500Z" />
      </svg>
      <span aria-hidden="true">{level}</span>
    </span>
  );
}

interface LevelBarProps {
  of: Level;
  /** The last match's gain, shown brighter. */
  gained?: number;
}

export function LevelBar({ of, gained = 0 }: LevelBarProps) {
  const share = shareOfLevel(of, of.xp);
  const before = shareOfLevel(of, of.xp - gained);
  return (
    <div
      class="level-bar"
      role="progressbar"
      aria-label={STRINGS.progress.level(of.level)}
      aria-valuemin={of.fromXp}
      aria-valuemax={of.toXp}
      aria-valuenow={of.xp}
      aria-valuetext={STRINGS.progress.xp(count(of.xp), count(of.toXp))}
    >
      <span class="level-bar-gained" style={{ width: `${share * 100}%` }} />
      <span class="level-bar-before" style={{ width: `${before * 100}%` }} />
    </div>
  );
}
