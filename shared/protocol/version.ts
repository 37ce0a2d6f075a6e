/**
 * Raised whenever a client of the old kind could not play on a new server: another schema, message, or rule
 * that the client predicts. version.test.ts knows what each version looked like.
 */
export const PROTOCOL_VERSION = 4;
