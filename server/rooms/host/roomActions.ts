/** Host actions on the room: its settings, who may enter, and its bots. */
import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { playersIn } from "#server/rooms/seats.ts";
import { isPlayable } from "#server/rooms/settings.ts";
import { changeRules } from "#shared/modes/match.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import {
  BOTS_MAX,
  type RoomSettings,
  rulesUnder,
  SETTING_ROWS,
  type SettingName,
  type SettingsChange,
} from "#shared/protocol/roomSettings.ts";
import type { Handlers } from "./handler.ts";

export const ROOM_ACTIONS = {
  settings: (context, { change }, by) => changeSettings(context, change, by),

  password(context, { password }) {
    context.password = password;
    context.world.state.password = password !== "";
    return OK;
  },

  lock({ world }, { locked }) {
    world.state.locked = locked;
    return OK;
  },

  /** Raises the number of bots in the settings; the room follows it. */
  addBot({ world, settings, bots }) {
    const most = Math.min(settings.now.players - playersIn(world.state), BOTS_MAX);
    if (bots.count >= most) return refused("full");
    settings.change({ bots: bots.count + 1 });
    return OK;
  },

  removeBot({ settings, bots }, { seat }) {
    if (!bots.remove(seat)) return refused("nobody");
    settings.change({ bots: bots.count });
    return OK;
  },
} satisfies Partial<Handlers>;

function changeSettings(context: RoomContext, asked: SettingsChange, by: string): Answer {
  const { settings, world, bots } = context;
  const change = differences(asked, settings.now);
  const names = Object.keys(change) as SettingName[];
  if (names.length === 0) return OK;
  if (!isPlayable({ ...settings.now, ...change })) return refused("badMap");
  settings.change(change);
  bots.train(settings.now.botSkill);
  // The current match keeps its mode.
  changeRules(world, rulesUnder({ ...settings.now, mode: world.rules.mode }));
  const next = names.filter((name) => SETTING_ROWS[name].isForNextMatch);
  const isAtOnce = world.state.phase === "waiting";
  if (next.length > 0 && isAtOnce) {
    context.flow.setUp();
    context.visibility.reset();
  }
  const now = isAtOnce ? names : names.filter((name) => !next.includes(name));
  const byName = world.state.roster.get(by)?.name ?? "";
  context.notify({ type: "settings", by: byName, now, next: isAtOnce ? [] : next });
  return OK;
}

/** The settings of a change that differ from those in force. */
function differences(change: SettingsChange, now: RoomSettings): Partial<RoomSettings> {
  return Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => value !== undefined && value !== now[name as SettingName],
    ),
  );
}
