/** Every setting of a room as a form shows it: what it is set with, and in which order. */

import { STRINGS } from "#client/ui/strings.ts";
import { MODE_NAMES } from "#shared/modes/modes.ts";
import {
  BOT_SKILLS,
  type RoomSettings,
  SETTING_RANGES,
  type SettingName,
  SPECTATING,
  TEAM_CHOICES,
} from "#shared/protocol/roomSettings.ts";

export type SettingField =
  | { kind: "text" }
  /** `text` says what a value means; numbers alone are shown as they are. */
  | { kind: "number"; min: number; max: number; text?: (value: number) => string }
  | { kind: "switch" }
  | { kind: "choice"; options: readonly string[]; text: (value: string) => string }
  /** Its options depend on the server, and on the mode. */
  | { kind: "map" };

const words = () => STRINGS.room.settings;
const pick = (table: object) => (value: string) => (table as Record<string, string>)[value] ?? value;

export const SETTING_FIELDS: Readonly<Record<SettingName, SettingField>> = {
  mode: { kind: "choice", options: MODE_NAMES, text: (value) => pick(STRINGS.match.modes)(value) },
  map: { kind: "map" },
  scoreLimit: {
    kind: "number",
    min: 0,
    max: SETTING_RANGES.scoreLimit.max,
    text: (value) => (value === 0 ? words().scoreLimitMode : ""),
  },
  timeLimitMin: { kind: "number", ...SETTING_RANGES.timeLimitMin, text: (value) => words().minutes(value) },
  players: { kind: "number", ...SETTING_RANGES.players },
  bots: { kind: "number", ...SETTING_RANGES.bots },
  botSkill: { kind: "choice", options: BOT_SKILLS, text: (value) => pick(words().skills)(value) },
  friendlyFire: { kind: "switch" },
  teamChoice: { kind: "choice", options: TEAM_CHOICES, text: (value) => pick(words().teamChoices)(value) },
  spectating: { kind: "choice", options: SPECTATING, text: (value) => pick(words().spectatings)(value) },
  vote: { kind: "switch" },
  seatKeptSec: { kind: "number", ...SETTING_RANGES.seatKeptSec, text: (value) => STRINGS.seconds(value) },
  listed: { kind: "switch" },
  title: { kind: "text" },
};

export const SETTING_NAMES = Object.keys(SETTING_FIELDS) as SettingName[];

/** For people. */
export function textOfSetting(settings: RoomSettings, name: SettingName): string {
  const field = SETTING_FIELDS[name];
  const value = settings[name];
  if (name === "title") return settings.title || words().titleNone;
  if (field.kind === "switch") return value ? words().yes : words().no;
  if (field.kind === "choice") return field.text(String(value));
  if (field.kind === "number") return field.text?.(Number(value)) || String(value);
  return String(value);
}
