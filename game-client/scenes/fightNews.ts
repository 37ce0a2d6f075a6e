/** Turns kills and feats into the kill feed, the player's confirmations, headlines and streaks. It judges nothing itself. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import {
  type Announcement,
  announcements,
  type Headline,
  headlines,
  type Named,
  ownStreak,
  streaks,
} from "#client/ui/state/fight.ts";
import { type FeedLine, feed } from "#client/ui/state/model.ts";
import { BOUNTY_STREAK } from "#shared/modes/feats.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createFadingList } from "./fadingList.ts";

const FEED_LINE_MS = 6000;
const ANNOUNCED_MS = 2200;
const HEADLINE_MS = 3500;

type Kill = Extract<SimEvent, { type: "kill" }>;
type Feat = Extract<SimEvent, { type: "feat" }>;

export interface FightNews {
  hear(event: SimEvent, nowMs: number): void;
  /** Call once a frame. */
  update(nowMs: number): void;
}

export type Room = Pick<ArenaLink, "state">;

/** `me`: the player's session id, "" for a spectator. */
export function createFightNews(room: Room, me: string): FightNews {
  const kills = createFadingList<FeedLine>(feed, FEED_LINE_MS);
  const own = createFadingList<Announcement>(announcements, ANNOUNCED_MS);
  const shownHeadlines = createFadingList<Headline>(headlines, HEADLINE_MS);
  let key = 0;

  const addKill = ({ killer, victim, weapon }: Kill, nowMs: number) => {
    const mine = killer === me ? "killed" : victim === me ? "died" : "none";
    const [by, of] = [named(room, killer), named(room, victim)];
    kills.add({ key: key++, weapon, killer: by, victim: of, mine, feats: [], by: killer }, nowMs);
    if (mine === "killed" && !areMates(room, by, of)) {
      own.add({ key: key++, kind: "kill", victim: of }, nowMs);
      ownStreak.value++;
    }
    if (mine === "died") ownStreak.value = 0;
    if (!streaks.value.has(victim)) return;
    setStreak(victim, 0);
    const part = mine === "killed" ? "by" : mine === "died" ? "of" : "none";
    shownHeadlines.add({ key: key++, kind: "ended", by: by.name, of: of.name, mine: part }, nowMs);
  };

  const addFeat = ({ feat, drone, value }: Feat, nowMs: number) => {
    if (drone === me) own.add({ key: key++, kind: "feat", feat, value }, nowMs);
    if (feat === "assist") return;
    // It follows the kill that it belongs to.
    kills.amend(
      ({ by }) => by === drone,
      (line) => ({ ...line, feats: [...line.feats, { feat, value }] }),
    );
    if (feat !== "streak" || value < BOUNTY_STREAK) return;
    setStreak(drone, value);
    if (drone !== me) {
      shownHeadlines.add({ key: key++, kind: "streak", name: named(room, drone).name, kills: value }, nowMs);
    }
  };

  const begin = () => {
    ownStreak.value = 0;
    streaks.value = new Map();
    own.clear();
    shownHeadlines.clear();
  };
  begin();

  return {
    hear(event, nowMs) {
      if (event.type === "kill") addKill(event, nowMs);
      else if (event.type === "feat") addFeat(event, nowMs);
      else if (event.type === "match") begin();
    },
    update(nowMs) {
      for (const list of [kills, own, shownHeadlines]) list.update(nowMs);
    },
  };
}

/** 0 ends the streak. */
function setStreak(drone: string, value: number): void {
  const next = new Map(streaks.value);
  if (value === 0) next.delete(drone);
  else next.set(drone, value);
  streaks.value = next;
}

export function named({ state }: Room, id: string): Named {
  const { name = "", team = 0 } = state.roster.get(id) ?? {};
  return { name, team };
}

const areMates = ({ state }: Room, one: Named, other: Named) =>
  isTeamMode(state.mode) && one.team === other.team;
