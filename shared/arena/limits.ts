/** The bounds of arenas that people bring or draw. The maps on the server's disk are its operator's. */

/** Bytes of the Tiled file's text. */
export const ARENA_FILE_MAX_BYTES = 100 * 1024;
/**
 * Bytes of a draft's file, more than the bounds of its parts add up to: the file that was imported, texts of objects with six
 * bytes a letter, the tiles of both layers with seventeen bytes each, and FILE_CELLS_MAX zeros.
 */
export const DRAFT_FILE_MAX_BYTES = 12 * ARENA_FILE_MAX_BYTES;
/** Cells of all layers of a draft's file: they grow with the map. Ten layers of the largest map are within it. */
export const FILE_CELLS_MAX = 100_000;
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
