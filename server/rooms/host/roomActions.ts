/** Host actions on the room: its settings, its door and its bots. */

import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { playersIn } from "#server/rooms/seats.ts";
import { isPlayable } from "#server/rooms/settings.ts";
import { changeRules } from "#shared/modes/match.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import {
  NEXT_MATCH_SETTINGS,
  type RoomSettings,
  rulesUnder,
  SETTING_RANGES,
  type SettingName,
  type SettingsChange,
} from "#shared/protocol/roomSettings.ts";
import type { ActionOf } from "./hostActions.ts";

export function changeSettings(
  parts: RoomContext,
  { change: asked }: ActionOf<"settings">,
  by: string,
): Answer {
  const { settings, world, bots } = parts;
  const change = whatDiffers(asked, settings.now);
  const names = Object.keys(change) as SettingName[];
  if (names.length === 0) return OK;
  if (!isPlayable({ ...settings.now, ...change })) return refused("badMap");
  settings.change(change);
  bots.train(settings.now.botSkill);
  // The match that is on keeps its mode.
  changeRules(world, rulesUnder({ ...settings.now, mode: world.rules.mode }));
  const next = names.filter((name) => NEXT_MATCH_SETTINGS.includes(name));
  const isAtOnce = world.state.phase === "waiting";
  if (next.length > 0 && isAtOnce) {
    parts.flow.setUp();
    parts.visibility.reset();
  }
  const now = isAtOnce ? names : names.filter((name) => !next.includes(name));
  const byName = world.state.roster.get(by)?.name ?? "";
  parts.notify({ type: "settings", by: byName, now, next: isAtOnce ? [] : next });
  return OK;
}

export function setPassword(parts: RoomContext, { password }: ActionOf<"password">): Answer {
  parts.password = password;
  parts.world.state.password = password !== "";
  return OK;
}

export function lock({ world }: RoomContext, { locked }: ActionOf<"lock">): Answer {
  world.state.locked = locked;
  return OK;
}

/** The settings say how many there are to be: the room sees to it. */
export function addBot({ world, settings, bots }: RoomContext): Answer {
  const most = Math.min(settings.now.players - playersIn(world.state), SETTING_RANGES.bots.max);
  if (bots.count >= most) return refused("full");
  settings.change({ bots: bots.count + 1 });
  return OK;
}

export function removeBot({ settings, bots }: RoomContext, { seat }: ActionOf<"removeBot">): Answer {
  if (!bots.remove(seat)) return refused("nobody");
  settings.change({ bots: bots.count });
  return OK;
}

function whatDiffers(change: SettingsChange, now: RoomSettings): Partial<RoomSettings> {
  return Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => value !== undefined && value !== now[name as SettingName],
    ),
  );
}
