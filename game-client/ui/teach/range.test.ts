/** Tests which rooms are the range. */
import { afterEach, expect, test } from "vitest";
import { type RoomView, room } from "#client/ui/room/roomModel.ts";
import { type MinimapView, minimap } from "#client/ui/state/model.ts";
import type { ARENA_USES } from "#shared/arena/arena.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { isOnRange, rangeRequest } from "./range.ts";

const enter = (use: (typeof ARENA_USES)[number], settings: RoomSettings) => {
  minimap.value = { arena: { use } } as MinimapView;
  room.value = { settings } as RoomView;
};

afterEach(() => {
  minimap.value = undefined;
  room.value = undefined;
});

test("[RANGE-3] the room that the range's button opens is the range; a host's room on the same map is not", () => {
  const request = rangeRequest();
  if (request.kind !== "host") throw new Error("the range is a hosted room");
  enter("range", request.settings);
  expect(isOnRange.value).toBe(true);
  enter("range", RoomSettings.parse({ map: "range" }));
  expect(isOnRange.value).toBe(false);
  enter("match", request.settings);
  expect(isOnRange.value).toBe(false);
});
