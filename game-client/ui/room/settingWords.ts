/** A room's settings in words: what each is called, and what it is set to. */
import { mapTitle } from "#client/ui/front/RoomFacts.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { MODES } from "#shared/modes/modes.ts";
import type { RoomSettings, SettingName } from "#shared/protocol/roomSettings.ts";

type InWords = { readonly [Name in SettingName]: (value: RoomSettings[Name], all: RoomSettings) => string };

const yesNo = (value: boolean) => (value ? STRINGS.roomSettings.yes : STRINGS.roomSettings.no);

/** In the order in which they are read. */
const IN_WORDS: InWords = {
  title: (title) => title || STRINGS.roomSettings.titleByHost,
  mode: (mode) => STRINGS.modes[mode],
  map: (map) => mapTitle(map),
  scoreLimit: (limit, { mode }) =>
    limit === 0 ? STRINGS.roomSettings.byMode(MODES[mode].scoreLimit) : String(limit),
  timeLimitMin: (minutes) => `${minutes} ${STRINGS.roomSettings.minutes}`,
  friendlyFire: yesNo,
  vote: yesNo,
  players: String,
  bots: String,
  botSkill: (skill) => STRINGS.roomSettings.choices.botSkill[skill],
  teamChoice: (choice) => STRINGS.roomSettings.choices.teamChoice[choice],
  spectating: (spectating) => STRINGS.roomSettings.choices.spectating[spectating],
  listed: yesNo,
  seatKeptSec: (seconds) => `${seconds} ${STRINGS.roomSettings.seconds}`,
};

export const SETTING_NAMES = Object.keys(IN_WORDS) as SettingName[];

export const nameOfSetting = (name: SettingName): string => STRINGS.roomSettings.names[name];

export const textOfSetting = (settings: RoomSettings, name: SettingName): string =>
  (IN_WORDS[name] as (value: unknown, all: RoomSettings) => string)(settings[name], settings);
