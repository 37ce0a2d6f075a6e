/**
 * To be imported before the SDK, which then takes the sockets of `ws`: they cost less than Node's own, and can be cut
 * off as a network does it.
 */
Reflect.deleteProperty(globalThis, "WebSocket");
