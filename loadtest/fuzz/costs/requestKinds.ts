/** The kinds of HTTP requests that are measured: each is a row of the table below. */
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type RequestParts, requestText } from "#loadtest/fuzz/plan/requestText.ts";
import { GROWING } from "#loadtest/fuzz/plan/texts.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { readMapText } from "#shared/testing/readMap.ts";
import type { Kind, Prepare } from "./meter.ts";
import { sendFlood, sendInTurn } from "./traffic.ts";
import { ADMIN_PASSWORD, type World } from "./world.ts";

/** Accepted requests: few enough to be below every limit, because each comes from a network of its own. */
const ACCEPTED = 40;
/** Requests of a flood, all from one network. */
const FLOOD = 400;
const ASSETS = fileURLToPath(new URL("../../../dist/client/assets/", import.meta.url));

export interface Request extends RequestParts, Pick<Kind, "name" | "promise" | "eachMax"> {
  accepted?: number;
  /** 0: not sent as a flood. */
  refused?: number;
  /** A flood from 400 networks of one IPv6 /48, as every customer of some providers gets. */
  isFromOne48?: boolean;
}

type Header = readonly [name: string, value: string];
const PAGE: readonly Header[] = [["Host", "{host}"]];
const SCRIPT: readonly Header[] = [...PAGE, ["Origin", "{origin}"]];
const bearer = (token: string): readonly Header[] => [...SCRIPT, ["Authorization", `Bearer ${token}`]];
const basic = (password: string): readonly Header[] => [
  ...PAGE,
  ["Authorization", `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`],
];
const UPGRADE: readonly Header[] = [
  ...SCRIPT,
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
];

/** A body in UTF-8, one character a byte as in the rest of the request. */
const asBytes = (text: string) => Buffer.from(text).toString("latin1");
const post = (path: string, body: string, headers = SCRIPT): RequestParts => ({
  method: "POST",
  path,
  headers: [...headers, ["Content-Type", "application/json"]],
  body: asBytes(body),
});
const join = (method: string, room: string, options: object) =>
  post(pathTo(ROUTE.matchmake, { method, room }), JSON.stringify(options));

/** About what is left of a name or a title before it is cleaned: more would be cut off at no cost. */
const DEAR_NAME = GROWING.repeat(16 * NAME_MAX_CHARS);
const FORGED =
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ.0000000000000000000000000000000000000000000";
/** A minute's joins of a network are few (server/edge/limits.ts). */
export const JOIN_MAX = 4000;
const FEW = { accepted: 6, refused: 60 } as const;

/** All requests. The public room has this code; the hosted one has a password. */
export function requestsTo(room: string, hostedRoom: string): Request[] {
  const get = (path: string, headers = PAGE): RequestParts => ({ path, headers });
  const look = pathTo(ROUTE.room, { code: room });
  const asset = `/assets/${largestAsset()}`;
  const compressed: readonly Header[] = [...PAGE, ["Accept-Encoding", "br"]];
  return [
    { name: "/healthz", promise: "EDGE-HTTP", ...get("/healthz") },
    { name: "404", promise: "EDGE-PAGE", ...get("/x") },
    { name: "long URL", promise: "EDGE-HTTP", ...get(`/${"x".repeat(2000)}`), ...FEW },
    { name: "many headers", promise: "EDGE-HTTP", ...get("/x", [...PAGE, ...Array(600).fill(["A", "b"])]) },
    { name: "broken head", promise: "EDGE-HTTP", path: "/", headers: [["Host", "["]] },
    { name: "no HTTP", promise: "EDGE-HTTP", path: "/", version: "HTP/1.1", headers: PAGE },
    { name: "TRACE", promise: "EDGE-HTTP", method: "TRACE", path: "/", headers: PAGE },
    { name: "page", promise: "EDGE-PAGE", ...get("/", compressed) },
    { name: "page of a room", promise: "EDGE-PAGE", ...get("/r/BCDFG", compressed) },
    { name: "largest file", promise: "EDGE-PAGE", ...get(asset, compressed), ...FEW },
    { name: "largest file, not compressed", promise: "EDGE-PAGE", ...get(asset), ...FEW, eachMax: 1000 },
    { name: "HEAD of it", promise: "EDGE-PAGE", ...get(asset), method: "HEAD" },
    {
      name: "foreign origin",
      promise: "EDGE-ORIGIN",
      ...post("/api/identity", "", [...PAGE, ["Origin", "http://x"]]),
    },
    { name: "preflight", promise: "EDGE-ORIGIN", ...get("/api/identity", SCRIPT), method: "OPTIONS" },
    { name: "maps", promise: "EDGE-HTTP", ...get("/api/maps") },
    { name: "map", promise: "EDGE-HTTP", ...get("/api/maps/foundry.tmj"), accepted: 10, refused: 100 },
    { name: "identity", promise: "EDGE-LIMIT", ...post("/api/identity", "") },
    {
      name: "identity, from one /48",
      promise: "EDGE-LIMIT",
      ...post("/api/identity", ""),
      isFromOne48: true,
    },
    {
      name: "card of a room",
      promise: "CODE",
      ...get(pathTo(ROUTE.roomCard, { code: "BCDFG" })),
    },
    { name: "look-up of a room", promise: "ROOMINFO-5", ...get(look) },
    { name: "look-up of no room", promise: "CODE", ...get("/api/rooms/BCDFG") },
    { name: "look-up, from one /48", promise: "CODE", ...get("/api/rooms/BCDFG"), isFromOne48: true },
    { name: "wrong token", promise: "EDGE-TOKEN", ...get(look, bearer(FORGED)) },
    { name: "token of 4 KB", promise: "EDGE-TOKEN", ...get(look, bearer("x".repeat(4000))) },
    { name: "takeover", promise: "TAKEOVER", ...post(`${look}/takeover`, "") },
    { name: "join of no room", promise: "EDGE-LIMIT", ...join("joinById", "BCDFG", {}) },
    {
      name: "join of no draft",
      promise: "EDITOR",
      ...join("joinOrCreate", "editor", { draft: "abcdef012345" }),
    },
    {
      name: "join of an editor with wrong options",
      promise: "EDITOR",
      ...join("joinOrCreate", "editor", { draft: 7 }),
    },
    { name: "wrong password", promise: "EDGE-PASSWORD", ...join("joinById", hostedRoom, { password: "x" }) },
    {
      name: "wrong password, from one /48",
      promise: "EDGE-PASSWORD",
      ...join("joinById", hostedRoom, { password: "x" }),
      isFromOne48: true,
    },
    {
      name: "return to no seat",
      promise: "EDGE-SEAT",
      ...join("reconnect", room, { reconnectionToken: "abcdefghi" }),
    },
    {
      name: "body that is no JSON",
      promise: "EDGE-BODY",
      ...post("/matchmake/join/arena", "{".repeat(1000)),
    },
    { name: "deep body", promise: "EDGE-BODY", ...post("/matchmake/join/arena", "[".repeat(16_000)), ...FEW },
    {
      name: "body of many keys",
      promise: "EDGE-BODY",
      ...post(
        "/matchmake/join/arena",
        `{${Array.from({ length: 1600 }, (_, key) => `"k${key}":1`).join(",")}}`,
      ),
      ...FEW,
    },
    {
      name: "body too large",
      promise: "EDGE-BODY",
      ...post("/matchmake/join/arena", " ".repeat(17_000)),
      ...FEW,
    },
    {
      name: "name that grows",
      promise: "PLAYER-NAME",
      ...join("joinById", "BCDFG", { name: DEAR_NAME }),
      ...FEW,
    },
    {
      name: "title that grows",
      promise: "PLAYER-NAME",
      ...join("joinById", "BCDFG", { settings: { title: DEAR_NAME } }),
    },
    { name: "wrong options", promise: "EDGE-LIMIT", ...join("joinById", "BCDFG", { settings: { mode: 1 } }) },
    ...lastingRequests(get),
    ...draftRequests(get),
    { name: "/metrics without token", promise: "EDGE-ADMIN", ...get("/metrics") },
    { name: "/admin without password", promise: "EDGE-ADMIN", ...get("/admin") },
    { name: "/admin, wrong password", promise: "EDGE-ADMIN", ...get("/admin", basic("x")) },
    {
      name: "/admin, right password",
      promise: "EDGE-ADMIN",
      ...get("/admin/api", basic(ADMIN_PASSWORD)),
      refused: 0,
    },
    {
      name: "upgrade for no seat",
      promise: "EDGE-LIMIT",
      ...get(`/x/${room}?sessionId=x`, UPGRADE),
    },
    { name: "upgrade for no room", promise: "EDGE-FRAME", ...get("/x", UPGRADE) },
    {
      name: "quick play",
      promise: "QUICK",
      ...join("joinOrCreate", "arena", { name: "Mallory" }),
      ...FEW,
      eachMax: JOIN_MAX,
    },
    {
      name: "room of one's own",
      promise: "EDGE-LIMIT",
      ...join("create", "arena", { private: true }),
      ...FEW,
      eachMax: JOIN_MAX,
    },
  ];
}

/** An id of no match, and a name of no player. */
const MATCH = "0190d5d0-0000-7000-8000-000000000000";
const NOBODY = { name: "Nobody", id: MATCH, code: "BCDFG", sha256: "f".repeat(64) };

const DEEP_FILE = JSON.stringify({ tiledJson: "[".repeat(ARENA_FILE_MAX_BYTES) });

/** Routes of profiles, matches and accounts: reads, and changes without an identity, which are refused after they are counted. */
function lastingRequests(get: (path: string, headers?: readonly Header[]) => RequestParts): Request[] {
  const reads = [
    ROUTE.player,
    ROUTE.match,
    ROUTE.replay,
    ROUTE.replayMap,
    ROUTE.replayFile,
    ROUTE.playerCard,
    ROUTE.matchCard,
    ROUTE.arenaCard,
    ROUTE.siteCard,
    ROUTE.live,
    ROUTE.arenaFile,
    ROUTE.me,
    ROUTE.accountData,
  ];
  const pages = [
    ROUTE.playerPage,
    ROUTE.matchPage,
    ROUTE.replayPage,
    ROUTE.livePage,
    ROUTE.overlayPage,
    ROUTE.careerPage,
    ROUTE.leaderboardPage,
    ROUTE.weaponsPage,
    ROUTE.openIdCallback,
  ];
  const changes = [
    [ROUTE.look, { look: 0 }],
    [ROUTE.accountName, { name: DEAR_NAME }],
    [ROUTE.passkeyOptions, {}],
    [ROUTE.passkeys, { response: { id: "AAAA", response: {} } }],
    [ROUTE.credentialRemove, { id: "AAAA" }],
    [ROUTE.transfer, {}],
    [ROUTE.signOut, { everywhere: true }],
    [ROUTE.accountDelete, { name: "Nobody" }],
    [ROUTE.signInOptions, {}],
    [ROUTE.signIn, { flow: MATCH, response: { id: "AAAA", response: {} } }],
    [ROUTE.signInTransfer, { code: "ABCD2345" }],
    [ROUTE.signInOpenId, { link: false }],
    [ROUTE.signInTicket, { ticket: "AAAA" }],
    [ROUTE.arenas, { tiledJson: readMapText("foundry") }],
  ] as const;
  return [
    ...reads.map((route) => ({ name: route, promise: "EDGE-LIMIT", ...get(pathTo(route, NOBODY)), ...FEW })),
    ...pages.map((route) => ({ name: route, promise: "EDGE-PAGE", ...get(pathTo(route, NOBODY)), ...FEW })),
    { name: "leaderboard", promise: "EDGE-LIMIT", ...get(ROUTE.leaderboard) },
    {
      name: "leaderboard of a season",
      promise: "EDGE-LIMIT",
      ...get("/api/leaderboard?mode=deathmatch&at=2026-4"),
    },
    { name: "matches", promise: "EDGE-LIMIT", ...get(ROUTE.matches) },
    { name: "arena that is deep", promise: "BROUGHT", ...post(ROUTE.arenas, DEEP_FILE), ...FEW },
    {
      name: "DELETE of no arena",
      promise: "BROUGHT",
      ...get(pathTo(ROUTE.arenaFile, NOBODY)),
      method: "DELETE",
    },
    { name: "player with SQL for a name", promise: "EDGE-LIMIT", ...get("/api/players/'%20OR%201=1%20--") },
    ...changes.map(([route, body]) => ({
      ...{ name: `POST ${route}`, promise: "EDGE-LIMIT", ...FEW },
      ...post(route, JSON.stringify(body)),
    })),
  ];
}

/** An id of no draft. */
const DRAFT = { id: "000000000000" };
const NEW_DRAFT = { title: DEAR_NAME.slice(0, 100), theme: "foundry", columns: 64, rows: 64 };

/** Routes of drafts and the gallery; changes without an identity are refused after they are counted. */
function draftRequests(get: (path: string, headers?: readonly Header[]) => RequestParts): Request[] {
  const reads = [ROUTE.drafts, ROUTE.draft, ROUTE.published];
  const pages = [ROUTE.arenasPage, ROUTE.arenaPage, ROUTE.editPage];
  const changes = [
    [ROUTE.drafts, NEW_DRAFT],
    [ROUTE.publish, { version: 1 }],
    [ROUTE.rate, { stars: 5 }],
  ] as const;
  return [
    ...reads.map((route) => ({ name: route, promise: "EDGE-LIMIT", ...get(pathTo(route, DRAFT)), ...FEW })),
    ...pages.map((route) => ({ name: route, promise: "EDGE-PAGE", ...get(pathTo(route, DRAFT)), ...FEW })),
    { name: ROUTE.gallery, promise: "EDGE-LIMIT", ...get(ROUTE.gallery) },
    {
      name: "gallery, a long search",
      promise: "EDGE-LIMIT",
      ...get(`${ROUTE.gallery}?search=${"%F0%9F%98%80".repeat(32)}`),
    },
    {
      name: `DELETE ${ROUTE.draft}`,
      promise: "EDGE-LIMIT",
      ...get(pathTo(ROUTE.draft, DRAFT), SCRIPT),
      method: "DELETE",
      ...FEW,
    },
    ...changes.map(([route, body]) => ({
      ...{ name: `POST ${route}`, promise: "EDGE-LIMIT", ...FEW },
      ...post(pathTo(route, DRAFT), JSON.stringify(body)),
    })),
  ];
}

export const requestKinds = (world: World): Kind[] =>
  requestsTo(world.target.room, world.host.room).map((request) => kindOf(world, request));

function kindOf(world: World, request: Request): Kind {
  const { name, promise, eachMax, accepted = ACCEPTED, refused = FLOOD, isFromOne48 = false } = request;
  const from = (count: number, network: (nth: number) => string) => {
    const text = world.complete(requestText(request));
    return Array.from({ length: count }, (_, nth) => ({ text, network: network(nth) }));
  };
  const acceptedFrom: Prepare = async () => {
    const requests = from(accepted, () => world.network());
    return async () => String(await sendInTurn(world.server, requests, world.traffic));
  };
  const refusedFrom: Prepare = async () => {
    if (!isFromOne48) await world.exhaust();
    const requests = from(refused, isFromOne48 ? networkOf48 : () => world.flooder);
    return async () => String(await sendFlood(world.server, requests, world.traffic));
  };
  return {
    name,
    promise,
    eachMax,
    ...(!isFromOne48 && { accepted: acceptedFrom }),
    ...(refused > 0 && { refused: refusedFrom }),
  };
}

const networkOf48 = (nth: number) => `2001:db8:7:${nth.toString(16)}::1`;

function largestAsset(): string {
  const files = readdirSync(ASSETS).filter((file) => file.endsWith(".js"));
  return files.toSorted((a, b) => statSync(ASSETS + b).size - statSync(ASSETS + a).size)[0] ?? "";
}
