/**
 * Makes the SDK use the sockets of `ws`, which cost less than Node's own and can be terminated without a close frame.
 * Import it before the SDK.
 */
Reflect.deleteProperty(globalThis, "WebSocket");
