/** The edits of five recipes of docs/extending.md. recipes.test.ts applies them to a copy of the game and plays it. */

export interface Edit {
  readonly file: string;
  /** Where the text goes: just before or after another text, which occurs once in the file. */
  readonly before?: string;
  readonly after?: string;
  readonly text: string;
}

const OTHER_LANGUAGES = ["de", "fr", "es", "it", "pt", "pl", "ja", "zh"];

/** An entry of a section, in every language. */
const inLanguages = (after: string, text: string, languages = ["en", ...OTHER_LANGUAGES]): Edit[] =>
  languages.map((language) => ({
    file: `game-client/ui/strings/languages/${language}.ts`,
    after,
    text,
  }));

const NEEDLER_ADVICE = '\n needler: "Give people cover from the needler, or remove some.",';

/** A weapon: a fast, weak automatic that drones pick up. */
export const WEAPON: readonly Edit[] = [
  {
    file: "shared/tuning.ts",
    before: "} as const satisfies Record<string, WeaponRow>;",
    text: `  needler: {
    projectile: {
      damage: 9,
      cooldownTicks: 4,
      speedPxPerSec: 1300,
      rangePx: 700,
      shotRadiusPx: 4,
      ammo: 30,
      pellets: 1,
      spreadRad: 0,
    },
    returnTicks: 10 * TICKS_PER_SEC,
    bots: { likedPx: 260 },
  },
`,
  },
  {
    file: "game-client/weaponLooks.ts",
    before: "};\n\n/** How a weapon looks as a pickup",
    text: `  needler: {
    icon: "M3 9H14M3 15H14M17 12H21",
    sounds: { own: "fire", others: "fireFar" },
    muzzle: { flameTint: 0.7, flames: [{ size: 0.7 }], flash: { tint: 0.3, size: 0.5 } },
    shot: "pellet",
    pickup: { hue: "#9cff7a", glyph: "M-12 -4H12V-1H-12ZM-12 1H12V4H-12Z" },
  },
`,
  },
  ...inLanguages("  weapons: {", ' needler: "Needler",'),
  ...inLanguages("      uses: {", '\n        needler: "A hail of needles, weak one by one.",'),
  ...inLanguages("      tips: {", '\n        needler: "The needler needs time. Break its line of sight.",'),
  // The command line gives the advice as well, so that its English is not in the page's texts.
  {
    file: "shared/trial/verdictWords.ts",
    after: "  weaponAdvice: {",
    text: NEEDLER_ADVICE,
  },
  ...inLanguages("    weaponAdvice: {", NEEDLER_ADVICE, OTHER_LANGUAGES),
];

/** A mode: its file is lastDroneStanding.ts beside this one. */
export const MODE: readonly Edit[] = [
  {
    file: "shared/schema/names.ts",
    before: "] as const;\nexport type ModeName",
    text: ', "lastDroneStanding"',
  },
  {
    file: "shared/modes/modes.ts",
    before: "};",
    text: "  lastDroneStanding,\n",
  },
  {
    file: "shared/modes/modes.ts",
    before: 'import type { Mode } from "./mode.ts";',
    text: 'import { lastDroneStanding } from "./lastDroneStanding.ts";\n',
  },
  ...inLanguages("  modes: {", '\n    lastDroneStanding: "Last drone standing",'),
  ...inLanguages("    goals: {", '\n      lastDroneStanding: () => "Be the last drone that flies.",'),
];

/** A host action: restores a drone's health. Its button appears in the room panel by itself. */
export const HOST_ACTION: readonly Edit[] = [
  {
    file: "shared/protocol/host.ts",
    before: "} as const satisfies Record<string, ActionRow>;",
    text: `  heal: { by: cohost, on: ["bot", "self", "lower"], fields: { seat }, button: "plain" },\n`,
  },
  {
    file: "server/rooms/host/peopleActions.ts",
    before: "} satisfies Partial<Handlers>;",
    text: `  heal({ world }, { seat }) {
    const drone = world.state.drones.get(seat);
    if (!drone || drone.hp === 0) return refused("nobody");
    drone.hp = 100;
    return OK;
  },
`,
  },
  ...inLanguages("  hostActions: {", '\n    heal: "Heal",'),
];

/** A room setting, without the rule that reads it. */
export const SETTING: readonly Edit[] = [
  {
    file: "shared/protocol/roomSettings.ts",
    before: "} as const satisfies Record<string, SettingRow & { readonly field: unknown }>;",
    text: `  /** Whether pickups lie in the arena. */
  pickups: toggle(true, { part: "match" }),
`,
  },
  ...inLanguages("    labels: {", '\n      pickups: "Pickups",'),
  ...inLanguages("\n    names: {", '\n      pickups: "Pickups",'),
];

/** A stamp: a short corridor. */
export const STAMP: readonly Edit[] = [
  {
    file: "game-client/editor/tools/stamps.ts",
    after: "export const STAMP_NAMES = [",
    text: '"corridor", ',
  },
  {
    file: "game-client/editor/tools/stamps.ts",
    after: "export const STAMPS: Readonly<Record<StampName, Clip>> = {",
    text: '\n  corridor: drawn("####", "....", "####"),',
  },
  ...inLanguages("    stamps: {", '\n      corridor: "Corridor",'),
];
