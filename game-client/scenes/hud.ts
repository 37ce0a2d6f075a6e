/** Copies what the HUD shows from the room's state and events into the interface's signals. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Ping } from "#client/net/ping.ts";
import {
  type Life,
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
import { TICKS_PER_SEC, VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { STATUS } from "#shared/schema/state.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import { DASH, WEAPONS } from "#shared/tuning.ts";
import { createDeathReport } from "./deathReport.ts";
import { createFadingList } from "./fadingList.ts";
import { createFightNews } from "./fightNews.ts";
import { viewMatch } from "./matchView.ts";
import { viewMinimap } from "./minimapView.ts";
import { lookIn } from "./shownField.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface Hud {
  /** Call once a frame. `newsMs`: the clock by which news fade. */
  update(nowMs: number, newsMs?: number): void;
  /** `agoMs`: how long ago it happened, for an event that a jump in a replay recalls. */
  handleEvent(event: SimEvent, agoMs?: number): void;
}

/** Interval of the HUD's refresh: numbers that change faster cannot be read. */
const REFRESH_MS = 200;
const MARK_MS = 900;

/** Shows the own drone's cooldowns and ammunition as predicted, ahead of the server. `startMs`: the time of the last frame. */
export function createHud(
  room: ArenaLink,
  arena: Arena,
  ping: Ping,
  viewpoint: Pick<Viewpoint, "self" | "centre" | "eye">,
  startMs = 0,
): Hud {
  const { self } = viewpoint;
  // A spectator has no drone, and matches no id.
  const me = self ? room.sessionId : "";
  const news = createFightNews(room, me);
  const deaths = createDeathReport(room, me, () => self?.dashCooldownTicks === 0);
  const hits = createFadingList<Mark>(marks, MARK_MS);
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let nowMs = startMs;
  let key = 0;
  ownVote.value = undefined;

  const showLife = () => {
    life.value = self ? (lifeOf(room) ?? life.value) : { kind: "watching" };
  };

  const addHit = ({ victim, shooter }: Extract<SimEvent, { type: "hit" }>) => {
    if (victim !== me) return;
    showLife();
    const from = room.state.drones.get(shooter);
    if (!from) return;
    const { x, y } = viewpoint.eye();
    const centre = viewpoint.centre();
    const at = { x: (x - centre.x) / VIEW_WIDTH_PX, y: (y - centre.y) / VIEW_HEIGHT_PX };
    hits.add({ fromRad: Math.atan2(from.y - y, from.x - x), at, key: key++ }, nowMs);
  };

  const refresh = () => {
    showLife();
    deaths.update();
    if (self) loadout.value = viewLoadout(self, room.state.drones.get(me)?.status ?? 0);
    match.value = viewMatch(room, arena);
    minimap.value = viewMinimap(room.state, arena, me, self ?? viewpoint.centre());
    if (room.state.candidates.length === 0) ownVote.value = undefined;
    scores.value = listScores(room);
    pingMs.value = Math.round(ping.ms);
  };

  return {
    update(now, newsMs = now) {
      nowMs = newsMs;
      hits.update(newsMs);
      news.update(newsMs);
      if (now - refreshedAtMs < REFRESH_MS) return;
      refreshedAtMs = now;
      refresh();
    },
    handleEvent(event, agoMs = 0) {
      if (event.type === "hit") addHit(event);
      news.hear(event, nowMs - agoMs);
      deaths.hear(event, nowMs);
    },
  };
}

/** Undefined while the player's drone is not in the state. */
function lifeOf({ state, sessionId }: ArenaLink): Life | undefined {
  const own = state.drones.get(sessionId);
  if (!own) return undefined;
  if (own.hp > 0) return { kind: "alive", hp: own.hp, shield: own.shield };
  const ticksLeft = Math.max(0, own.respawnTick - state.tick);
  return { kind: "destroyed", respawnInSec: Math.ceil(ticksLeft / TICKS_PER_SEC) };
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

/** Sorted by score, then by name, so that players of equal score keep their order. */
function listScores(room: ArenaLink): ScoreLine[] {
  const players = [...room.state.roster.entries()].filter(([, { spectating }]) => !spectating);
  const lines = players.map(([id, seat]) => {
    const { name, team, score, bot, connected, account, kills, deaths, assists } = seat;
    const { objective, pingMs, level } = seat;
    const self = id === room.sessionId;
    const who = { id, name, team, bot, connected, account, level, self, look: lookIn(room.state, id, self) };
    return { ...who, score, kills, deaths, assists, objective, pingMs };
  });
  return lines.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
}
