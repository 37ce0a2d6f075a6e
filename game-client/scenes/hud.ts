/** Carries what the HUD shows from the room's state and events into the interface's signals. */
import type { ArenaLink } from "#client/net/connection.ts";
import type { Ping } from "#client/net/ping.ts";
import { type FeedLine, feed, life, pingMs, type ScoreLine, scores } from "#client/ui/model.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { SimEvent } from "#shared/sim/event.ts";

export interface Hud {
  /** Once a frame. */
  update(nowMs: number): void;
  tell(event: SimEvent): void;
}

/** Numbers that change faster cannot be read. */
const REFRESH_MS = 200;
const FEED_LINE_MS = 6000;

export function createHud(room: ArenaLink, ping: Ping): Hud {
  const me = room.sessionId;
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let nowMs = 0;
  let killer = "";
  let lines: (FeedLine & { untilMs: number })[] = [];
  let key = 0;

  const nameAndTeam = (id: string) => {
    const seat = room.state.roster.get(id);
    return { name: seat?.name ?? "", team: seat?.team ?? 0 };
  };

  const showLife = () => {
    const own = room.state.drones.get(me);
    if (!own) return;
    if (own.hp > 0) life.value = { kind: "alive", hp: own.hp };
    else {
      const ticksLeft = Math.max(0, own.respawnTick - room.state.tick);
      life.value = { kind: "destroyed", killer, respawnInSec: Math.ceil(ticksLeft / TICKS_PER_SEC) };
    }
  };

  const showFeed = () => {
    lines = lines.filter((line) => line.untilMs > nowMs);
    feed.value = lines;
  };

  return {
    update(now) {
      nowMs = now;
      if (now - refreshedAt < REFRESH_MS) return;
      refreshedAt = now;
      showLife();
      showFeed();
      scores.value = listScores(room);
      pingMs.value = Math.round(ping.ms);
    },
    tell(event) {
      if (event.type === "hit" && event.victim === me) showLife();
      if (event.type !== "kill") return;
      const mine = event.killer === me ? "killed" : event.victim === me ? "died" : "none";
      const [by, of] = [nameAndTeam(event.killer), nameAndTeam(event.victim)];
      if (mine === "died") killer = by.name;
      lines.push({ key: key++, killer: by, victim: of, mine, untilMs: nowMs + FEED_LINE_MS });
      showFeed();
    },
  };
}

/** Best first; names decide among equals, so that the list does not jump. */
function listScores(room: ArenaLink): ScoreLine[] {
  const lines = Array.from(room.state.roster.entries(), ([id, seat]) => {
    const { name, team, score, bot, connected } = seat;
    return { id, name, team, score, bot, connected, self: id === room.sessionId };
  });
  return lines.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
}
