/** Copies what the HUD shows from the room's state and events into the interface's signals. */
import type { Signal } from "@preact/signals";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Ping } from "#client/net/ping.ts";
import {
  feed,
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
import { DASH, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { viewMatch } from "./matchView.ts";
import { viewMinimap } from "./minimapView.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface Hud {
  /** Call once a frame. */
  update(nowMs: number): void;
  handleEvent(event: SimEvent): void;
}

/** Interval of the HUD's refresh: numbers that change faster cannot be read. */
const REFRESH_MS = 200;
const FEED_LINE_MS = 6000;
const MARK_MS = 900;

/** The last drone that destroyed the player's own, and its weapon; `killer` is "" if unknown. */
interface KilledBy {
  readonly killer: string;
  readonly weapon?: WeaponName;
}

/** Shows the own drone's cooldowns and ammunition as predicted, ahead of the server. */
export function createHud(
  room: ArenaLink,
  arena: Arena,
  ping: Ping,
  viewpoint: Pick<Viewpoint, "self" | "centre" | "eye">,
): Hud {
  const { self } = viewpoint;
  // A spectator has no drone, and matches no id.
  const me = self ? room.sessionId : "";
  const kills = createFadingList(feed, FEED_LINE_MS);
  const hits = createFadingList<Mark>(marks, MARK_MS);
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let nowMs = 0;
  let killedBy: KilledBy = { killer: "" };
  let key = 0;
  ownVote.value = undefined;

  const showLife = () => {
    life.value = self ? (lifeOf(room, killedBy) ?? life.value) : { kind: "watching" };
  };

  const addKill = ({ killer, victim, weapon }: Extract<SimEvent, { type: "kill" }>) => {
    const mine = killer === me ? "killed" : victim === me ? "died" : "none";
    const [by, of] = [nameAndTeam(room, killer), nameAndTeam(room, victim)];
    if (mine === "died") killedBy = { killer: by.name, weapon };
    kills.add({ key: key++, weapon, killer: by, victim: of, mine }, nowMs);
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
    kills.update(nowMs);
    if (self) loadout.value = viewLoadout(self, room.state.drones.get(me)?.status ?? 0);
    match.value = viewMatch(room, arena);
    minimap.value = viewMinimap(room.state, arena, me, self ?? viewpoint.centre());
    if (room.state.candidates.length === 0) ownVote.value = undefined;
    scores.value = listScores(room);
    pingMs.value = Math.round(ping.ms);
  };

  return {
    update(now) {
      nowMs = now;
      hits.update(now);
      if (now - refreshedAtMs < REFRESH_MS) return;
      refreshedAtMs = now;
      refresh();
    },
    handleEvent(event) {
      if (event.type === "hit") addHit(event);
      else if (event.type === "kill") addKill(event);
    },
  };
}

/** Keeps entries in a signal for `lifeMs` each; sets the signal only when an entry is added or expires. */
function createFadingList<Entry>(target: Signal<readonly Entry[]>, lifeMs: number) {
  let entries: readonly (Entry & { untilMs: number })[] = [];
  return {
    add(entry: Entry, nowMs: number) {
      entries = [...entries, { ...entry, untilMs: nowMs + lifeMs }];
      target.value = entries;
    },
    update(nowMs: number) {
      const left = entries.filter(({ untilMs }) => untilMs > nowMs);
      if (left.length === entries.length && target.value === entries) return;
      entries = left;
      target.value = left;
    },
  };
}

function nameAndTeam(room: ArenaLink, id: string): { name: string; team: number } {
  const seat = room.state.roster.get(id);
  return { name: seat?.name ?? "", team: seat?.team ?? 0 };
}

/** Undefined while the player's drone is not in the state. */
function lifeOf({ state, sessionId }: ArenaLink, killedBy: KilledBy): Life | undefined {
  const own = state.drones.get(sessionId);
  if (!own) return undefined;
  if (own.hp > 0) return { kind: "alive", hp: own.hp, shield: own.shield };
  const ticksLeft = Math.max(0, own.respawnTick - state.tick);
  return { kind: "destroyed", ...killedBy, respawnInSec: Math.ceil(ticksLeft / TICKS_PER_SEC) };
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
    const who = { id, name, team, bot, connected, account, level, self: id === room.sessionId };
    return { ...who, score, kills, deaths, assists, objective, pingMs };
  });
  return lines.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
}
