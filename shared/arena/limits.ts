/** The bounds of arenas that people bring or draw. The maps on the server's disk are its operator's. */

/** Bytes of the Tiled file's text. */
export const ARENA_FILE_MAX_BYTES = 100 * 1024;
/** Bytes of a draft's file: it may have objects and foreign parts that a playable arena has no room for. */
export const DRAFT_FILE_MAX_BYTES = 2 * ARENA_FILE_MAX_BYTES;
/** Spawns, pickups, flags and hills together: pickups go to every client, and bots weigh them all. */
export const ARENA_OBJECTS_MAX = 256;
/** Top-level layers: a group counts as one. */
export const ARENA_LAYERS_MAX = 64;
export const ARENA_PROPERTIES_MAX = 64;
export const ARENA_TILESETS_MAX = 64;
/** Levels of objects and arrays. Tiled needs seven, and two more for each group around a layer. */
export const JSON_DEPTH_MAX = 40;
/** Arenas that one player may have brought at a time. */
export const ARENAS_OF_PLAYER_MAX = 50;
export const ARENA_TITLE_MAX_CHARS = 32;
/** Published arenas on a page of the gallery. */
export const GALLERY_PAGE = 24;
/** The id of an arena that somebody has brought: the SHA-256 of its file, hexadecimal. Maps of the server have shorter names. */
export const ARENA_ID = /^[\da-f]{64}$/;

/** Whether the map of a room or a result is one that somebody has brought. */
export const isBrought = (map: string): boolean => ARENA_ID.test(map);
