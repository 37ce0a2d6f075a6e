/** The range: an unlisted room of one's own with easy bots, on a map made for trying everything. */
import { computed } from "@preact/signals";
import type { JoinRequest } from "#client/joinRequest.ts";
import { minimap } from "#client/ui/state/model.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

/** The longest match with the highest score, so that none ends while one tries. */
const SETTINGS = {
  map: "range",
  mode: "deathmatch",
  players: 4,
  bots: 3,
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

/** Whether the arena around the player is a range. */
export const isOnRange = computed(() => minimap.value?.arena.use === "range");
