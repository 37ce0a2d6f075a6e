/** What the folded parts of the host form come to, in a line each. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { mapTitle } from "./RoomFacts.tsx";

const line = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(" · ");

export const matchSum = ({ mode, map, timeLimitMin }: RoomSettings): string =>
  line(STRINGS.modes[mode], mapTitle(map), `${timeLimitMin} ${STRINGS.roomSettings.minutes}`);

export function playersSum({ players, bots, botSkill }: RoomSettings): string {
  const skill = STRINGS.roomSettings.choices.botSkill[botSkill];
  return line(STRINGS.front.upTo(players), STRINGS.front.bots(bots), bots > 0 && skill);
}

export function roomSum({ title, listed }: RoomSettings, password: string): string {
  const words = STRINGS.front.hostForm;
  return line(title, listed ? words.isListed : words.isUnlisted, password !== "" && words.hasPassword);
}
