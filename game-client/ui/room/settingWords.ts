/** A room's settings in words: what each is called, and what it is set to. */
import { mapTitle } from "#client/ui/front/RoomFacts.tsx";
import { WORDS } from "#client/ui/front/words.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { MODES } from "#shared/modes/modes.ts";
import type { RoomSettings, SettingName } from "#shared/protocol/roomSettings.ts";

type InWords = { readonly [Name in SettingName]: (value: RoomSettings[Name], all: RoomSettings) => string };

const words = () => WORDS.settings;
const yesNo = (value: boolean) => (value ? STRINGS.room.settings.yes : STRINGS.room.settings.no);

/** In the order in which they are read. */
const IN_WORDS: InWords = {
  title: (title) => title || STRINGS.room.settings.titleNone,
  mode: (mode) => STRINGS.match.modes[mode],
  map: (map) => mapTitle(map),
  scoreLimit: (limit, { mode }) => (limit === 0 ? words().byMode(MODES[mode].scoreLimit) : String(limit)),
  timeLimitMin: (minutes) => `${minutes} ${words().minutes}`,
  friendlyFire: yesNo,
  vote: yesNo,
  players: String,
  bots: String,
  botSkill: (skill) => words().botSkills[skill],
  teamChoice: (choice) => words().teamChoices[choice],
  spectating: (spectating) => words().spectatings[spectating],
  listed: yesNo,
  seatKeptSec: (seconds) => `${seconds} ${words().seconds}`,
};

export const SETTING_NAMES = Object.keys(IN_WORDS) as SettingName[];

export const nameOfSetting = (name: SettingName): string => STRINGS.room.settingNames[name];

export const textOfSetting = (settings: RoomSettings, name: SettingName): string =>
  (IN_WORDS[name] as (value: unknown, all: RoomSettings) => string)(settings[name], settings);
