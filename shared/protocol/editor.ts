/** The room `editor`, in which several people draw an arena, and the routes of drafts and published arenas. */
import * as z from "zod/mini";
import type { Fault } from "#shared/arena/fault.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { EDITS_MAX, Edit } from "#shared/editor/edit.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { CHAT_MAX_CHARS, CHAT_RATE } from "./chat.ts";
import type { MapOffer } from "./http.ts";
import type { MessageRate } from "./messages.ts";
import { cleanPlayerName } from "./playerName.ts";

/** A draft's id, in its link: 12 letters and digits. */
export const DRAFT_ID = /^[\da-z]{12}$/;

/** The owner may publish, rename and let others in; editors have the link with the key; viewers look on. */
export const ROLES = ["owner", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** People in a room: the last places are for those who draw. */
export const EDITORS_MAX = 16;
export const VIEWERS_MAX = 12;
/** A dropped editor's place is kept for this long. */
export const EDITOR_KEPT_SEC = 120;

/** Options of a join of the room `editor`. */
export const EditorOptions = z.object({
  /** The draft's id. */
  draft: z.string().check(z.regex(DRAFT_ID)),
  /** The key in the link for editors. If it is empty, the owner is known by their token, and everybody else is a viewer. */
  key: z._default(z.string().check(z.maxLength(64)), ""),
  name: z.pipe(z._default(z.string(), ""), z.transform(cleanPlayerName)),
  /** Drawn once by each tab, and kept over its reloads: its commands are applied once. */
  tab: z._default(z.string().check(z.regex(/^[\w-]{0,32}$/)), ""),
  /** PROTOCOL_VERSION. */
  protocol: z.optional(z.int()),
});
export type EditorOptions = z.infer<typeof EditorOptions>;

export const EDITOR_MESSAGE = {
  /** Client → server: an EditCommand of shared/editor/replica.ts. State acknowledges it. */
  edit: "edit",
  /** Client → server, at most ten a second: a CursorMessage. */
  cursor: "cursor",
  /** Both ways: client → server a text, server → client an EditorLine. */
  chat: "chat",
  /** Client → server: a SaveRequest, answered with a SaveAnswer. */
  save: "save",
  /** Client → server: the number of a version to bring back, as one step that can be undone. Answered with an Answer. */
  restore: "restore",
  /** Client → server: a TryRequest, answered with an Answer. */
  tryOut: "try",
  /** Server → client: why a command of this client was refused. */
  refused: "refused",
} as const;

const n = z.int().check(z.minimum(1), z.maximum(2 ** 32 - 1));
export const EditCommandMessage = z.discriminatedUnion("do", [
  z.object({
    n,
    do: z.literal("edit"),
    edits: z.array(Edit).check(z.minLength(1), z.maxLength(EDITS_MAX)),
    group: z.optional(n),
  }),
  z.object({ n, do: z.enum(["undo", "redo"]) }),
]);

/** The pointer's place, px, the tool in hand, and the numbers of the selected objects. */
export const CursorMessage = z.object({
  x: z.number().check(z.minimum(-1024), z.maximum(8192)),
  y: z.number().check(z.minimum(-1024), z.maximum(8192)),
  tool: z.string().check(z.regex(/^\w{1,16}$/)),
  selected: z.array(z.string().check(z.regex(/^\d{1,8}$/))).check(z.maxLength(32)),
});
export type CursorMessage = z.infer<typeof CursorMessage>;

/** Client → server under EDITOR_MESSAGE.chat, answered with an Answer. */
export const EditorChat = z.string().check(z.maxLength(8 * CHAT_MAX_CHARS));

export interface EditorLine {
  /** The key in `state.editors`; empty for the room's own lines, whose text is an EditorNews. */
  from: string;
  /** The name of the person who says or did it; empty for news of the room itself. */
  name: string;
  text: string;
}

/** The room's own lines. "storeAway": changes are not stored at the moment; "storeBack": they are again. */
export const EDITOR_NEWS = [
  "joined",
  "left",
  "away",
  "back",
  "saved",
  "restored",
  "tryBegan",
  "tryEnded",
  "storeAway",
  "storeBack",
] as const;
export type EditorNews = (typeof EDITOR_NEWS)[number];

/** The longest frame of a client: a copy of a whole map is within it. */
export const EDITOR_FRAME_MAX_BYTES = 64 * 1024;
/** The rate of one person's commands: the room refuses the excess by EDITOR_MESSAGE.refused. A tab that was cut off sends many at once. */
export const EDIT_RATE: MessageRate = { burst: 720, perSec: 60 };
/** Cells that edits name, likewise, and changes that an undo or redo makes. An edit without cells counts as one. */
export const CELL_RATE: MessageRate = { burst: 60_000, perSec: 10_000 };
/** Excess cursors are dropped. */
export const CURSOR_RATE: MessageRate = { burst: 5, perSec: 10 };

/**
 * Client → server messages of this room, with the limits beyond which the server closes the connection (CLOSE.tooFast). An
 * edit counts once more for each 4 KiB.
 */
export const EDITOR_MESSAGES: Readonly<Record<string, MessageRate>> = {
  [EDITOR_MESSAGE.edit]: { burst: 2 * EDIT_RATE.burst, perSec: 2 * EDIT_RATE.perSec },
  [EDITOR_MESSAGE.cursor]: { burst: 60, perSec: 30 },
  [EDITOR_MESSAGE.chat]: { burst: 4 * CHAT_RATE.burst, perSec: 4 },
  [EDITOR_MESSAGE.save]: { burst: 6, perSec: 0.5 },
  [EDITOR_MESSAGE.restore]: { burst: 6, perSec: 0.5 },
  [EDITOR_MESSAGE.tryOut]: { burst: 6, perSec: 0.5 },
};

export const NOTE_MAX_CHARS = 60;
/** `note`: a few words about the version. */
export const SaveRequest = z.object({ note: z.string().check(z.maxLength(NOTE_MAX_CHARS)) });
export type SaveAnswer = { ok: true; version: DraftVersion } | { ok: false; reason: SaveRefusal };
/** "removed": the draft is gone, or a moderator has removed this very file. */
export type SaveRefusal = "viewer" | "tooMany" | "unchanged" | "removed" | "away";

/** Begins to try the arena with so many bots in a mode, or ends it for everybody. */
export const TryRequest = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("begin"),
    mode: z.string().check(z.maxLength(32)),
    bots: z.int().check(z.minimum(0), z.maximum(15)),
  }),
  z.object({ do: z.literal("end") }),
]);
export type TryRequest = z.infer<typeof TryRequest>;

/** Client → server under EDITOR_MESSAGE.restore: the number of a version. */
export const RestoreRequest = z.int().check(z.minimum(1), z.maximum(65_535));

/**
 * "tooFast": more than EDIT_RATE or CELL_RATE; "tooLarge": more cells than CELL_RATE ever grants, or a size for which the file has
 * too many layers; "tooMany": objects.
 */
export interface RefusedCommand {
  n: number;
  why: "viewer" | "tooFast" | "tooLarge" | "tooMany";
}

/** A saved state of a draft. Its file is at ROUTE.arenaFile under `sha256`. */
export interface DraftVersion {
  /** Counts from 1. */
  number: number;
  sha256: string;
  author: string;
  note: string;
  atMs: number;
}

/** POST ROUTE.arenas: a Tiled file that a host brings. */
export const BringRequest = z.object({ tiledJson: z.string() });
/** The arena can be played at once, under `map.name`. */
export interface Brought {
  map: MapOffer;
}
/** 422 of ROUTE.arenas and of ROUTE.publish: an ErrorAnswer with all that is wrong. */
export interface FaultyAnswer {
  code: number;
  error: string;
  faults: readonly Fault[];
}

/** POST ROUTE.drafts: a new draft, from a file, from a version of another draft, or empty with a closed border. */
export const DraftRequest = z.union([
  z.object({ tiledJson: z.string() }),
  z.object({ fork: z.string().check(z.regex(DRAFT_ID)), version: z.int() }),
  z.object({
    title: z.string().check(z.maxLength(100)),
    theme: z.string().check(z.maxLength(32)),
    columns: z.int().check(z.minimum(8), z.maximum(64)),
    rows: z.int().check(z.minimum(8), z.maximum(64)),
  }),
]);
export type DraftRequest = z.infer<typeof DraftRequest>;

/** GET ROUTE.drafts: the visitor's own, the newest first. */
export interface DraftInfo {
  id: string;
  title: string;
  changedAtMs: number;
  /** The newest version's file, for its picture; empty without a version. */
  sha256: string;
  isPublished: boolean;
}

/** GET ROUTE.draft ?key=&file= */
export interface DraftPage extends DraftInfo {
  role: Role;
  /** The key in the link for editors; only the owner and editors get it. */
  key?: string;
  owner: string;
  /** The oldest first. */
  versions: DraftVersion[];
  /** The draft's file as it was stored last, if `file` is in the query. */
  tiledJson?: string;
}

/** POST ROUTE.publish: shows this version in the gallery, or nothing of the draft any more. */
export const PublishRequest = z.object({ version: z.nullable(z.int()) });

/** Statuses of drafts and the gallery that the page acts on, beside those of refusal.ts. 422: see FaultyAnswer. */
export const DRAFT_REFUSAL = {
  /** Only accounts publish: a guest chooses a name first. */
  needsAccount: 409,
  /** Another draft shows the same arena. */
  shownAlready: 467,
  /** The player has as many drafts, or published arenas, as a player may have. */
  tooMany: 468,
  /** Only players who have finished a match may rate. */
  notPlayed: 469,
  /** Nobody rates their own arena. */
  ownArena: 470,
} as const;

export const GALLERY_SORTS = ["played", "rated", "new"] as const;
export type GallerySort = (typeof GALLERY_SORTS)[number];

/** GET ROUTE.gallery ?search=&mode=&sort=&page= */
export interface Gallery {
  arenas: PublishedArena[];
  /** The number of arenas that match, on all pages. */
  count: number;
}

export interface PublishedArena {
  /** The draft's id. */
  id: string;
  /** The map's name on the wire: the SHA-256 of its file. */
  map: string;
  /** The draft's version that is shown. */
  version: number;
  title: string;
  author: string;
  theme: ThemeName;
  modes: ModeName[];
  columns: number;
  rows: number;
  players: { min: number; max: number };
  plays: number;
  /** The mean of the players' ratings, 1 to 5; 0 without any. */
  stars: number;
  ratings: number;
  isFeatured: boolean;
  publishedAtMs: number;
  /** The visitor's own rating; 0 without one. In the answer of ROUTE.published and ROUTE.rate alone. */
  yours?: number;
}

/** POST ROUTE.rate: a PublishedArena. 0 takes the rating back. */
export const RateRequest = z.object({ stars: z.int().check(z.minimum(0), z.maximum(5)) });
