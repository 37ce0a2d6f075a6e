/**
 * The protocol's version. Raise it with every change after which an old client cannot play on a new server: of the
 * schema, of a message, or of a rule that the client predicts. version.test.ts has the fingerprint of the newest one.
 */
export const PROTOCOL_VERSION = 10;
