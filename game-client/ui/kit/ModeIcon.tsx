/** An icon for each mode, in the typeface's cut corners. */
import type { ModeName } from "#shared/schema/names.ts";
import { Icon } from "./icons.tsx";

/** A crosshair, which a mode without an icon has too; two drones side by side; a flag; a hill with a crown. */
const PATHS: Readonly<Partial<Record<ModeName, string>>> = {
  deathmatch: "M8 5H16L19 8V16L16 19H8L5 16V8ZM12 2V8M12 16V22M2 12H8M16 12H22",
  teamDeathmatch:
    "M3 9 6.500 5.500 10 9V15L6.500 18.500 3 15ZM14 9 17.500 5.500 21 9V15L17.500 18.500 14 15Z",
  captureTheFlag: "M6 21V3M6 4H19L15.500 8.500 19 13H6",
  kingOfTheHill: "M2 20 8.500 13H15.500L22 20ZM7 9V4L9.500 6.500 12 3 14.500 6.500 17 4V9Z",
};

export function ModeIcon({ mode }: { mode: ModeName }) {
  return (
    <Icon>
      <path d={PATHS[mode] ?? PATHS.deathmatch} />
    </Icon>
  );
}
