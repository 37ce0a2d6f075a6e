/**
 * The service worker: answers a page that the network cannot deliver with the text that game-client/offline.ts has kept. It
 * keeps nothing else, so that nobody ever plays an old version.
 */
const CACHE = "offline";
const PAGE = "/offline";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(offline));
});

async function offline() {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE)) ?? Response.error();
}
