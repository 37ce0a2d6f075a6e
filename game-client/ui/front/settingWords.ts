/** A room's settings in words: their names, their values, and the order in which they are read. */

import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { MODES } from "#shared/modes/modes.ts";
import {
  type ChoiceName,
  type RoomSettings,
  SETTING_ROWS,
  type SettingName,
  type SettingRow,
} from "#shared/protocol/roomSettings.ts";

type ChoiceWords = { readonly [Name in ChoiceName]: Readonly<Record<RoomSettings[Name], string>> };

/** The settings of one part of the form, in their order. */
export const settingsIn = (part: SettingRow["part"]): SettingName[] =>
  (Object.keys(SETTING_ROWS) as SettingName[]).filter((name) => SETTING_ROWS[name].part === part);

/** All settings in the order in which they are read. */
export const SETTING_NAMES: readonly SettingName[] = (["title", "match", "players", "room"] as const).flatMap(
  settingsIn,
);

export const nameOfSetting = (name: SettingName): string => STRINGS.roomSettings.names[name];

/** The text of one of a choice's values. */
export function textOfChoice(name: SettingName, value: string): string {
  const choices: ChoiceWords = STRINGS.roomSettings.choices;
  return (choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[value] ?? value;
}

/** What follows an amount: its unit, or the mode's own number that a 0 stands for. */
export function unitOf(name: SettingName, settings: RoomSettings): string {
  const { control } = SETTING_ROWS[name];
  if (control.kind !== "amount") return "";
  if (control.isByModeAtZero && settings[name] === 0) {
    return STRINGS.roomSettings.byMode(MODES[settings.mode].scoreLimit);
  }
  return control.unit ? STRINGS.roomSettings[control.unit] : "";
}

export function textOfSetting(settings: RoomSettings, name: SettingName): string {
  const { control } = SETTING_ROWS[name];
  const value = settings[name];
  const words = STRINGS.roomSettings;
  switch (control.kind) {
    case "switch":
      return value ? words.yes : words.no;
    case "choice":
      return textOfChoice(name, String(value));
    case "title":
      return settings.title || words.titleByHost;
    case "mode":
      return STRINGS.modes[settings.mode];
    case "map":
      return mapTitle(settings.map);
    case "amount": {
      const unit = unitOf(name, settings);
      if (control.isByModeAtZero && value === 0) return unit;
      return unit ? `${value} ${unit}` : String(value);
    }
  }
}
