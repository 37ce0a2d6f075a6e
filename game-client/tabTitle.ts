/** The text of the browser's tab: what the page shows, and whether a match begins while the player looks elsewhere. */
import { signal } from "@preact/signals";
import type { ModeName, Phase } from "#shared/schema/names.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import type { Screen } from "./ui/state/model.ts";
import { STRINGS } from "./ui/strings/strings.ts";

const SITE = "Fracas";

interface Fight {
  readonly mode: ModeName;
  readonly phase: Phase;
}

/** Follows the room that was joined last: the HUD's signals stand still while the tab is hidden, when its title matters most. */
const fight = signal<Fight | undefined>(undefined);

/** Call once for each room that is joined. */
export function followFight(room: Pick<ArenaLink, "onStateChange">): void {
  // Until its first state, the title must not name the match of another room.
  fight.value = undefined;
  room.onStateChange(({ mode, phase }) => {
    const now = fight.peek();
    if (now?.mode !== mode || now.phase !== phase) fight.value = { mode, phase };
  });
}

/** Reads signals: within an effect, it is followed. */
export function tabTitle(now: Screen): string {
  const subject = subjectOf(now);
  return subject === undefined ? SITE : `${subject} · ${SITE}`;
}

function subjectOf(now: Screen): string | undefined {
  switch (now.kind) {
    case "player":
      return now.name;
    case "match":
      return STRINGS.progress.match.title;
    case "leaderboard":
      return STRINGS.progress.leaderboard;
    case "live":
      return STRINGS.live.title;
    case "arenas":
    case "arena":
      return STRINGS.gallery.title;
    case "weapons":
      return STRINGS.teach.page.title;
    case "replay":
      return STRINGS.replay.title;
    case "editor":
      return STRINGS.editor.title;
    case "career":
      return STRINGS.career.title;
    case "playing":
      return fight.value && titleOf(fight.value);
    default:
      return undefined;
  }
}

const titleOf = ({ mode, phase }: Fight): string =>
  phase === "countdown" ? `▶ ${STRINGS.share.starting}` : STRINGS.modes[mode];
