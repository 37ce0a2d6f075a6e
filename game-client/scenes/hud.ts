/** Carries what the HUD shows from the room's state and events into the interface's signals. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Ping } from "#client/net/ping.ts";
import {
  type FeedLine,
  feed,
  type Loadout,
  life,
  loadout,
  type Mark,
  marks,
  match,
  minimap,
  ownVote,
  pingMs,
  type ScoreLine,
  scores,
} from "#client/ui/state/model.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { STATUS } from "#shared/schema/state.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import { DASH, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import type { Eye } from "./arenaView.ts";
import { viewMatch } from "./matchView.ts";
import { viewMinimap } from "./minimapView.ts";

export interface Hud {
  /** Once a frame. */
  update(nowMs: number): void;
  tell(event: SimEvent): void;
}

/** Numbers that change faster cannot be read. */
const REFRESH_MS = 200;
const FEED_LINE_MS = 6000;
const MARK_MS = 900;

/** With the eye's own drone as predicted: what it can do is known before the server says so. */
export function createHud(room: ArenaLink, arena: Arena, ping: Ping, eye: Pick<Eye, "self" | "look">): Hud {
  const { self } = eye;
  // Who watches is nobody in the fight.
  const me = self ? room.sessionId : "";
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let nowMs = 0;
  let killedBy: { killer: string; weapon?: WeaponName } = { killer: "" };
  let lines: (FeedLine & { untilMs: number })[] = [];
  let shownMarks: (Mark & { untilMs: number })[] = [];
  let key = 0;
  ownVote.value = undefined;

  const nameAndTeam = (id: string) => {
    const seat = room.state.roster.get(id);
    return { name: seat?.name ?? "", team: seat?.team ?? 0 };
  };

  const showLife = () => {
    const own = room.state.drones.get(me);
    if (!self) life.value = { kind: "watching" };
    else if (!own) return;
    else if (own.hp > 0) life.value = { kind: "alive", hp: own.hp, shield: own.shield };
    else {
      const ticksLeft = Math.max(0, own.respawnTick - room.state.tick);
      life.value = { kind: "destroyed", ...killedBy, respawnInSec: Math.ceil(ticksLeft / TICKS_PER_SEC) };
    }
  };

  const showFeed = () => {
    lines = lines.filter((line) => line.untilMs > nowMs);
    feed.value = lines;
  };

  const showMarks = () => {
    const left = shownMarks.filter((mark) => mark.untilMs > nowMs);
    if (left.length === shownMarks.length && marks.value === shownMarks) return;
    shownMarks = left;
    marks.value = left;
  };

  const addMark = (mark: { kind: "dealt" | "killed" } | { kind: "taken"; fromRad: number }) => {
    shownMarks = [...shownMarks, { ...mark, key: key++, untilMs: nowMs + MARK_MS }];
    marks.value = shownMarks;
  };

  const noteKill = ({ killer, victim, weapon }: Extract<SimEvent, { type: "kill" }>) => {
    const mine = killer === me ? "killed" : victim === me ? "died" : "none";
    const [by, of] = [nameAndTeam(killer), nameAndTeam(victim)];
    if (mine === "died") killedBy = { killer: by.name, weapon };
    if (mine === "killed") addMark({ kind: "killed" });
    lines.push({ key: key++, weapon, killer: by, victim: of, mine, untilMs: nowMs + FEED_LINE_MS });
    showFeed();
  };

  const noteHit = ({ victim, shooter }: Extract<SimEvent, { type: "hit" }>) => {
    if (shooter === me && victim !== me) addMark({ kind: "dealt" });
    if (victim !== me) return;
    showLife();
    const from = room.state.drones.get(shooter);
    if (from) addMark({ kind: "taken", fromRad: Math.atan2(from.y - eye.look().y, from.x - eye.look().x) });
  };

  return {
    update(now) {
      nowMs = now;
      showMarks();
      if (now - refreshedAt < REFRESH_MS) return;
      refreshedAt = now;
      showLife();
      showFeed();
      if (self) loadout.value = viewLoadout(self, room.state.drones.get(me)?.status ?? 0);
      match.value = viewMatch(room, arena);
      minimap.value = viewMinimap(room.state, arena, me, self ?? eye.look());
      if (room.state.candidates.length === 0) ownVote.value = undefined;
      scores.value = listScores(room);
      pingMs.value = Math.round(ping.ms);
    },
    tell(event) {
      if (event.type === "hit") noteHit(event);
      else if (event.type === "kill") noteKill(event);
    },
  };
}

function viewLoadout(self: Readonly<DroneBody>, status: number): Loadout {
  const weapon = specialOf(self);
  return {
    ...(weapon && {
      special: {
        weapon,
        ammo: self.ammo,
        readyShare: 1 - self.specialCooldownTicks / WEAPONS[weapon].cooldownTicks,
      },
    }),
    dashShare: 1 - self.dashCooldownTicks / DASH.cooldownTicks,
    haste: (status & STATUS.haste) !== 0,
    overcharge: (status & STATUS.overcharge) !== 0,
  };
}

/** Best first; names decide among equals, so that the list does not jump. */
function listScores(room: ArenaLink): ScoreLine[] {
  const players = [...room.state.roster.entries()].filter(([, { spectating }]) => !spectating);
  const lines = players.map(([id, seat]) => {
    const { name, team, score, bot, connected } = seat;
    return { id, name, team, score, bot, connected, self: id === room.sessionId };
  });
  return lines.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
}
