/** Marks the moments of a match that a viewer of its replay may want to jump to. */
import type { Mark } from "#shared/replay/replay.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { World } from "#shared/sim/world.ts";

/** Bounds a file's index: what comes later is in the replay, without a mark. */
const MARKS_MAX = 20_000;
/** Bounds a room's snapshot, which is taken every few seconds: several matches of 16 players. */
const NEWEST_MAX = 2_000;

/** Who is ahead of all others: a seat, or a team's number as text; "" while nobody is. */
type Leader = string;

export class Marks {
  readonly #world: World;
  readonly #marks: Mark[] = [];
  #leader: Leader = "";

  constructor(world: World, before: readonly Mark[] = []) {
    this.#world = world;
    this.#marks.push(...before);
  }

  get all(): readonly Mark[] {
    return this.#marks;
  }

  /** A copy of the last ones. */
  newest(): Mark[] {
    return this.#marks.slice(-NEWEST_MAX);
  }

  /** Call with the events of each step. `atMs`: since the replay's beginning. */
  follow(events: readonly SimEvent[], atMs: number): void {
    for (const event of events) {
      const mark = markOf(event, atMs, this.#teamOf);
      if (mark) this.#add(mark);
    }
    if (events.length > 0) this.#followLead(atMs);
  }

  #followLead(atMs: number): void {
    const leader = leaderIn(this.#world);
    if (leader === "" || leader === this.#leader) return;
    const isFirst = this.#leader === "";
    this.#leader = leader;
    if (isFirst) return;
    const isTeam = isTeamed(this.#world.rules);
    this.#add({ is: "lead", atMs, by: isTeam ? "" : leader, team: isTeam ? Number(leader) : 0 });
  }

  #add(mark: Mark): void {
    if (this.#marks.length < MARKS_MAX) this.#marks.push(mark);
  }

  readonly #teamOf = (seat: string): number => this.#world.state.drones.get(seat)?.team ?? 0;
}

function markOf(event: SimEvent, atMs: number, teamOf: (seat: string) => number): Mark | undefined {
  if (event.type === "kill") return { is: "kill", atMs, by: event.killer, of: event.victim };
  if (event.type === "feat" && event.feat !== "assist")
    return { is: "feat", atMs, by: event.drone, feat: event.feat, value: event.value };
  if (event.type === "flag" && event.what === "captured")
    return { is: "capture", atMs, by: event.drone, team: teamOf(event.drone) };
  if (event.type === "match" && event.phase === "results") return { is: "end", atMs };
  return undefined;
}

function leaderIn(world: World): Leader {
  const { scoreA, scoreB } = world.state;
  if (isTeamed(world.rules)) return scoreA === scoreB ? "" : scoreA > scoreB ? "0" : "1";
  let [leader, best, isShared] = ["", 0, false];
  for (const { id, drone } of lineUp(world).byId) {
    if (drone.score === best) isShared = true;
    if (drone.score <= best) continue;
    [leader, best, isShared] = [id, drone.score, false];
  }
  return isShared ? "" : leader;
}
