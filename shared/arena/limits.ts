/** The bounds of arenas that people bring or draw. The maps on the server's disk are its operator's. */

/** Of the Tiled file's text, bytes. */
export const ARENA_FILE_MAX_BYTES = 100 * 1024;
/** Spawns, pickups, flags and hills together: pickups go to every client, and bots weigh them all. */
export const ARENA_OBJECTS_MAX = 256;
/** Arenas that one player may have brought at a time. */
export const ARENAS_OF_PLAYER_MAX = 50;
/** Of the map itself; what is in a group counts as one. */
export const ARENA_LAYERS_MAX = 64;
export const ARENA_PROPERTIES_MAX = 64;
export const ARENA_TILESETS_MAX = 64;
/** Levels of objects and arrays. Tiled needs seven, and two more for each group around a layer. */
export const JSON_DEPTH_MAX = 40;
export const ARENA_TITLE_MAX_CHARS = 32;
/** The id of an arena that somebody has brought: the SHA-256 of its file, hexadecimal. Maps of the server have shorter names. */
export const ARENA_ID = /^[\da-f]{64}$/;

/** Whether the map of a room or a result is one that somebody has brought. */
export const isBrought = (map: string): boolean => ARENA_ID.test(map);
