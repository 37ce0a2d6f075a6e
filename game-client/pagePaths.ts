/** Maps front screens to their addresses, and back. */
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { readRoomCode } from "#shared/protocol/roomCode.ts";
import { readReplayLink } from "#shared/replay/link.ts";
import type { FrontScreen, ReadPage } from "./ui/state/model.ts";

const ROOM = /^\/r\/([^/]*)/;
const PLAYER = /^\/u\/([^/]+)\/?$/;
const MATCH = /^\/m\/([^/]+)\/?$/;
const EDITOR = /^\/edit\/([^/]+)\/?$/;
const ARENA = /^\/arenas\/([^/]+)\/?$/;
const OVERLAY = /^\/overlay\/([^/]+)\/?$/;
/** In the fragment, which browsers send to no server: the code opens an account. */
const CODE = /^#code=([^&]+)/;
const ACCOUNT = "#account";

export const isReadPage = (screen: { kind: string }): screen is ReadPage =>
  ["player", "match", "arena", ...FIXED_KINDS].includes(screen.kind);

/** Pages whose address names nothing else. */
const FIXED = {
  career: ROUTE.careerPage,
  leaderboard: ROUTE.leaderboardPage,
  live: ROUTE.livePage,
  weapons: ROUTE.weaponsPage,
  arenas: ROUTE.arenasPage,
} as const;
const FIXED_KINDS = Object.keys(FIXED) as (keyof typeof FIXED)[];

export function pathOf(page: ReadPage): string {
  if (page.kind === "player") return pathTo(ROUTE.playerPage, { name: page.name });
  if (page.kind === "match") return pathTo(ROUTE.matchPage, { id: page.id });
  if (page.kind === "arena") return pathTo(ROUTE.arenaPage, { id: page.id });
  return FIXED[page.kind];
}

/** The path of a draft's editor. Whoever has it with the key draws along; without one they look on. */
export function editorPath({ id, key }: { id: string; key: string }): string {
  const path = pathTo(ROUTE.editPage, { id });
  return key === "" ? path : `${path}?${new URLSearchParams({ key })}`;
}

/** The path of a link that signs another device in. */
export const transferPath = (code: string): string => `/#code=${code}`;

/** The screen that an address names; undefined for the title's and for a room's. */
export function screenAt({
  pathname,
  search,
  hash,
}: Pick<Location, "pathname" | "search" | "hash">): FrontScreen | undefined {
  const name = PLAYER.exec(pathname)?.[1];
  if (name !== undefined) return { kind: "player", name: decoded(name) };
  const link = readReplayLink({ pathname, search });
  if (link) return { kind: "replay", link };
  const draft = EDITOR.exec(pathname)?.[1];
  if (draft !== undefined)
    return { kind: "editor", id: decoded(draft), key: new URLSearchParams(search).get("key") ?? "" };
  const overlaid = OVERLAY.exec(pathname)?.[1];
  if (overlaid !== undefined) return { kind: "overlay", code: codeIn(overlaid) };
  const id = MATCH.exec(pathname)?.[1];
  if (id !== undefined) return { kind: "match", id: decoded(id) };
  const arena = ARENA.exec(pathname)?.[1];
  if (arena !== undefined) return { kind: "arena", id: decoded(arena) };
  const path = pathname.replace(/\/$/, "");
  const fixed = FIXED_KINDS.find((kind) => FIXED[kind] === path);
  if (fixed) return { kind: fixed };
  if (pathname !== "/") return undefined;
  const ticket = new URLSearchParams(search).get("signin");
  if (ticket !== null) return { kind: "account", ticket };
  if (hash === ACCOUNT) return { kind: "account" };
  const code = CODE.exec(hash)?.[1];
  return code === undefined ? undefined : { kind: "account", code: decoded(code) };
}

/** The text after /r/, normalised if it is a room code; undefined on any other page. */
export function roomAt(pathname: string): string | undefined {
  const typed = ROOM.exec(pathname)?.[1];
  return typed === undefined ? undefined : codeIn(typed);
}

/** Normalised if it is a room code. */
const codeIn = (typed: string): string => readRoomCode(decoded(typed)) ?? typed;

/** Browsers encode what a message put behind the link, such as a quote. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
