/** What the folded parts of the host form come to, in a line each. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { mapTitle } from "./RoomFacts.tsx";
import { WORDS } from "./words.ts";

const line = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(" · ");

export const matchSum = ({ mode, map, timeLimitMin }: RoomSettings): string =>
  line(STRINGS.match.modes[mode], mapTitle(map), `${timeLimitMin} ${WORDS.settings.minutes}`);

export function playersSum({ players, bots, botSkill }: RoomSettings): string {
  const skill = WORDS.settings.botSkills[botSkill];
  return line(WORDS.upTo(players), WORDS.bots(bots), bots > 0 && skill);
}

export function roomSum({ title, listed }: RoomSettings, password: string): string {
  const words = WORDS.settings;
  return line(title, listed ? words.isListed : words.isUnlisted, password !== "" && words.hasPassword);
}
