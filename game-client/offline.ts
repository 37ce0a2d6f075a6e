/** Keeps a page for times without a network, in the player's language; public/offline.js shows it. */
import { effect } from "@preact/signals";
import { PALETTE } from "./palette.ts";
import { language, STRINGS } from "./ui/strings/strings.ts";

/** As in public/offline.js. */
const CACHE = "offline";
const PAGE = "/offline";

/** Does nothing where browsers have no service workers: on plain HTTP other than this machine's, and in some private windows. */
export function prepareOfflinePage(): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker || !globalThis.caches) return;
  serviceWorker.register("/offline.js").catch(() => {});
  effect(() => void keep(pageIn(language.value)).catch(() => {}));
}

async function keep(html: string): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(PAGE, new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
}

/** It loads nothing, so that it can be shown without a network. */
function pageIn(tag: string): string {
  const { title, body, again } = STRINGS.share.offline;
  return `<!doctype html><html lang="${tag}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark">
<title>Fracas</title><style>
body{margin:0;min-height:100vh;display:grid;place-content:center;gap:1rem;padding:2rem;text-align:center;
font:1.1rem/1.5 system-ui,sans-serif;background:${PALETTE.abyss};color:${PALETTE.text}}
h1{margin:0}p{margin:0;max-width:34rem}
a{justify-self:center;padding:.8rem 1.6rem;border-radius:.4rem;background:${PALETTE.accent};color:${PALETTE.abyss};font-weight:700}
</style></head><body><main><h1>${title}</h1><p>${body}</p></main><a href="">${again}</a></body></html>`;
}
