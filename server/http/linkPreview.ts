/** The tags by which chats and search engines preview a link (Open Graph, Twitter cards), put into the page's head. */
import { roomFacts, roomTitle } from "#server/services/cards/roomCard.ts";
import { counted, matchTitle, percent, titleOf } from "#server/services/words.ts";
import { clock } from "#shared/figures/clock.ts";
import { sumUp } from "#shared/figures/sums.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import type { PlayerProfile, StoredMatch } from "#shared/protocol/progress.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";

export interface Preview {
  title: string;
  description: string;
  /** The page's own path. */
  path: string;
  /** Path of a PNG of 1200×630. */
  image?: string;
}

const SITE = "Fracas";

export function profilePreview(profile: PlayerProfile): Preview {
  const { name, level, ladders } = profile;
  const { matches, winShare } = sumUp(profile);
  const [best] = ladders.toSorted((a, b) => b.points - a.points);
  const parts = [
    `Level ${level.level}`,
    best &&
      `${best.points} points in ${titleOf(best.mode).toLowerCase()}${best.rank ? ` (rank ${best.rank})` : ""}`,
    matches > 0 && `${counted(matches, "match", "matches")}, ${percent(winShare)} won`,
  ];
  return {
    title: `${name} · ${SITE}`,
    description: `${parts.filter(Boolean).join(" · ")}.`,
    path: pathTo(ROUTE.playerPage, { name }),
    image: pathTo(ROUTE.playerCard, { name }),
  };
}

export function matchPreview(match: StoredMatch): Preview {
  const { id, players, startedAt, endedAt } = match;
  const parts = [outcomeOf(match), counted(players.length, "player"), clock((endedAt - startedAt) / 1000)];
  return {
    title: `${matchTitle(match)} · ${SITE}`,
    description: `${parts.join(" · ")}.`,
    path: pathTo(ROUTE.matchPage, { id }),
    image: pathTo(ROUTE.matchCard, { id }),
  };
}

/** `match`: undefined if it was not kept, as one without people. */
export function replayPreview({ head, segments, people }: ReplayInfo, match?: StoredMatch): Preview {
  const parts = [
    match && outcomeOf(match),
    counted(match?.players.length ?? people.length, "player"),
    clock((segments.at(-1)?.toMs ?? 0) / 1000),
  ];
  return {
    title: `Replay: ${matchTitle({ mode: head.mode, arena: head.map, arenaTitle: match?.arenaTitle })} · ${SITE}`,
    description: `${parts.filter(Boolean).join(" · ")}.`,
    path: pathTo(ROUTE.replayPage, { id: head.match }),
    image: match ? pathTo(ROUTE.matchCard, { id: match.id }) : ROUTE.siteCard,
  };
}

function outcomeOf({ how, teamScores, players: [first] }: StoredMatch): string {
  if (how === "calledOff") return "Called off";
  if (teamScores) return teamScores.join(" : ");
  return how === "draw" || !first ? "A draw" : `${first.name} won with ${first.score}`;
}

/** "Ann's room · Capture the flag · 3/8 · Causeway". */
export const roomPreview = (code: string, listing: RoomListing): Preview => ({
  title: `${roomTitle(listing)} · ${SITE}`,
  description: `${roomTitle(listing)} · ${roomFacts(listing)}.`,
  path: pathTo(ROUTE.roomPage, { code }),
  image: pathTo(ROUTE.roomCard, { code }),
});

export const SITE_PREVIEW: Preview = {
  title: SITE,
  description: "A top-down arena fight for many players, in the browser. Open the page and play.",
  path: "/",
  image: ROUTE.siteCard,
};

export const LEADERBOARD_PREVIEW: Preview = {
  title: `Leaderboard · ${SITE}`,
  description: "The best players of this season and this week, by mode.",
  path: ROUTE.leaderboardPage,
  image: ROUTE.siteCard,
};

export const WEAPONS_PREVIEW: Preview = {
  title: `Weapons · ${SITE}`,
  description: "Every weapon and pickup with its figures, and a range to try them alone.",
  path: ROUTE.weaponsPage,
  image: ROUTE.siteCard,
};

export const LIVE_PREVIEW: Preview = {
  title: `Live matches · ${SITE}`,
  description: "The matches that are played right now, to watch ten seconds later.",
  path: ROUTE.livePage,
  image: ROUTE.siteCard,
};

export const ARENAS_PREVIEW: Preview = {
  title: `Arenas · ${SITE}`,
  description: "Arenas that players have drawn, to play, to rate and to draw on.",
  path: ROUTE.arenasPage,
  image: ROUTE.siteCard,
};

/** "Quarry, an arena by Ann · Deathmatch, King of the hill · 2–8 players · played 12 times". */
export function arenaPreview({ id, title, author, modes, players, plays }: PublishedArena): Preview {
  const parts = [
    `${title}, an arena by ${author}`,
    modes.map(titleOf).join(", "),
    `${players.min}–${players.max} players`,
    plays > 0 && `played ${counted(plays, "time")}`,
  ];
  return {
    title: `${title} · ${SITE}`,
    description: `${parts.filter(Boolean).join(" · ")}.`,
    path: pathTo(ROUTE.arenaPage, { id }),
    image: pathTo(ROUTE.arenaCard, { id }),
  };
}

/** `html`: the page, as the build writes it. `origin`: scheme and host before the paths. */
export function withPreview(
  html: string,
  { title, description, path, image }: Preview,
  origin: string,
): string {
  const properties = {
    "og:site_name": SITE,
    "og:type": "website",
    "og:title": title,
    "og:description": description,
    "og:url": origin + path,
    ...(image && { "og:image": origin + image, "og:image:width": "1200", "og:image:height": "630" }),
  };
  const tags = [
    ...Object.entries(properties).map(
      ([name, text]) => `<meta property="${name}" content="${escaped(text)}" />`,
    ),
    `<meta name="twitter:card" content="${image ? "summary_large_image" : "summary"}" />`,
    `<link rel="canonical" href="${escaped(origin + path)}" />`,
  ];
  // Functions: in a text, "$&" would stand for the match.
  return html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(
      /<meta name="description"[^>]*>/,
      () => `<meta name="description" content="${escaped(description)}" />`,
    )
    .replace("</head>", () => `${tags.map((tag) => `  ${tag}\n  `).join("")}</head>`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
