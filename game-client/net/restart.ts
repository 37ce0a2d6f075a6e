/** How the page waits for a server that restarts. */

/** How long it tries to return to its seat, and then to join anew, before it asks the player to try again. */
export const RESTART_PATIENCE_MS = 75_000;
