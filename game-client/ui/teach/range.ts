/** The range: an unlisted room of one's own with one easy bot to shoot at, on a map made for trying everything. */
import { computed } from "@preact/signals";
import type { JoinRequest } from "#client/joinRequest.ts";
import { room } from "#client/ui/room/roomModel.ts";
import { minimap } from "#client/ui/state/model.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

/** The longest match with the highest score, so that none ends while one tries. */
const SETTINGS = {
  map: "range",
  mode: "deathmatch",
  players: 2,
  bots: 1,
  botSkill: "easy",
  scoreLimit: 500,
  timeLimitMin: 60,
  spectating: "off",
} as const;

export const rangeRequest = (): JoinRequest => ({
  kind: "host",
  settings: RoomSettings.parse(SETTINGS),
  password: "",
});

const SETTING_NAMES = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

/** Whether the player is alone on a range. A host who chooses its map for other people has an ordinary room there. */
export const isOnRange = computed(() => {
  if (minimap.value?.arena.use !== "range") return false;
  const settings = room.value?.settings;
  return settings === undefined || SETTING_NAMES.every((name) => settings[name] === SETTINGS[name]);
});
