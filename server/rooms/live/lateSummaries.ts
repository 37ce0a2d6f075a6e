/**
 * Sums the match up once a second, and keeps each summary until it is as old as a delayed spectator's picture: nobody
 * outside the room learns anything earlier than a spectator.
 */
import type { KillAt, LiveAnswer, LiveSummary } from "#server/admission/liveSummary.ts";
import { playersIn, spectatorsIn } from "#server/rooms/seats.ts";
import { SPECTATOR_DELAY_MS, SPECTATORS_MAX } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { KILLS_MAX, LINES_MAX, type LiveLine, type LivePerson } from "#shared/protocol/live.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { Seat } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { isTeamed } from "#shared/sim/teams.ts";

const EVERY_MS = 1_000;

export interface SummedUp {
  readonly world: ArenaWorld;
  readonly settings: { readonly now: Pick<RoomSettings, "title" | "players" | "spectating"> };
  readonly roomTick: { readonly isStill: boolean };
  /** Time of the room's clock, ms. */
  nowMs(): number;
}

interface Kept {
  readonly atMs: number;
  readonly summary: LiveSummary;
}

export class LateSummaries {
  readonly #room: SummedUp;
  /** Oldest first; the first is the newest that is old enough, once there is one. */
  readonly #kept: Kept[] = [];
  #kills: readonly KillAt[] = [];
  #killCount = 0;
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(room: SummedUp) {
    this.#room = room;
  }

  /** Call with the events of each step. */
  follow(events: readonly SimEvent[]): void {
    for (const event of events) {
      if (event.type === "match" && event.phase === "live") this.#kills = [];
      if (event.type === "kill") this.#add(event);
    }
  }

  /** Call often: it sums up once a second. */
  note(): void {
    const nowMs = this.#room.nowMs();
    if (nowMs < this.#dueMs) return;
    this.#dueMs = nowMs + EVERY_MS;
    // Once the room opens again, nothing is told of the time while it was closed, as with spectators who join then.
    if (this.#whyClosed()) this.#kept.length = 0;
    else this.#kept.push({ atMs: nowMs, summary: this.#sumUp() });
    this.#dropOlder(nowMs);
  }

  /** The newest summary that is old enough to be told. */
  late(): LiveAnswer {
    const why = this.#whyClosed();
    if (why) return { is: "closed", why };
    const nowMs = this.#room.nowMs();
    this.#dropOlder(nowMs);
    const [first] = this.#kept;
    return first && isOld(first, nowMs) ? { is: "open", summary: first.summary } : { is: "early" };
  }

  #whyClosed() {
    if (this.#room.world.state.password) return "password";
    return this.#room.settings.now.spectating === "off" ? "noSpectators" : undefined;
  }

  /** Keeps only the newest of the summaries that are old enough. */
  #dropOlder(nowMs: number): void {
    const young = this.#kept.findIndex((each) => !isOld(each, nowMs));
    const old = young === -1 ? this.#kept.length : young;
    this.#kept.splice(0, old - 1);
  }

  #add({ killer, victim, weapon }: Extract<SimEvent, { type: "kill" }>): void {
    const { state } = this.#room.world;
    const person = (id: string): LivePerson => {
      const { name = "", team = 0 } = state.roster.get(id) ?? {};
      return { name, team };
    };
    const kill = {
      ...{ number: ++this.#killCount, tick: state.tick, weapon },
      ...{ killer: person(killer), victim: person(victim) },
    };
    this.#kills = [...this.#kills, kill].slice(-KILLS_MAX);
  }

  #sumUp(): LiveSummary {
    const { world, settings, roomTick } = this.#room;
    const { state, rules } = world;
    const fighting = Array.from(state.roster.values()).filter(({ spectating }) => !spectating);
    return {
      title: settings.now.title,
      ...{ mode: state.mode, map: state.map, phase: state.phase },
      ...(world.arena.title && { mapTitle: world.arena.title }),
      ...{ tick: state.tick, phaseEndsTick: state.phaseEndsTick },
      paused: state.paused || roomTick.isStill,
      scoreLimit: rules.scoreLimit,
      teamScores: isTeamed(rules) ? [state.scoreA, state.scoreB] : [],
      players: playersIn(state),
      playersMax: settings.now.players,
      bots: fighting.filter(({ bot }) => bot).length,
      spectators: spectatorsIn(state),
      spectatorsMax: SPECTATORS_MAX,
      lines: fighting
        .sort((a, b) => b.score - a.score || b.kills - a.kills)
        .slice(0, LINES_MAX)
        .map(lineOf),
      kills: this.#kills,
    };
  }
}

const isOld = ({ atMs }: Kept, nowMs: number): boolean => nowMs - atMs >= SPECTATOR_DELAY_MS;

const lineOf = ({ name, team, score, kills, deaths, bot }: Seat): LiveLine => ({
  ...{ name, team, score, kills, deaths, bot },
});
