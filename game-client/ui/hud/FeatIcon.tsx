/** A feat's icon, in the kill feed and beside announcements. */
import type { FeatName } from "#shared/schema/names.ts";

/** SVG paths on a 24-unit grid, stroked. */
const ICONS: Readonly<Record<FeatName, string>> = {
  assist: "M12 5V19M5 12H19",
  multiKill: "M4 5 12 13 20 5M4 12 12 20 20 12",
  streak: "M12 3C13 8 18 10 18 15A6 6 0 0 1 6 15C6 12 8 11 9 8C11 9 12 11 12 13",
  revenge: "M8 4 3 9 8 14M3 9H14A6 6 0 0 1 14 21H9",
  bounty: "M4 18 3 7 8 12 12 5 16 12 21 7 20 18ZM4 21H20",
  flagSave: "M6 21V4L19 8 6 13",
  hillSave: "M12 3 20 6V12C20 17 16 20 12 21.500 8 20 4 17 4 12V6Z",
};

export function FeatIcon({ feat }: { feat: FeatName }) {
  return (
    <svg class={`icon feat-icon feat-icon-${feat}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[feat]} />
    </svg>
  );
}
