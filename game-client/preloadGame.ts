/**
 * Vite plugin: lets index.html name the game's chunk and the HUD's, which every fight needs. The browser then fetches them
 * at once, and not only when the page's own script has arrived and runs.
 */
import type { Plugin, Rolldown } from "vite";

const CHUNKS = ["game", "OverArena"];

export const preloadGame = (): Plugin => ({
  name: "preload-game",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      return CHUNKS.map((name) => ({
        tag: "link",
        // Low: the title does not wait for them.
        attrs: {
          rel: "modulepreload",
          crossorigin: true,
          fetchpriority: "low",
          href: `/${fileOf(name, chunks)}`,
        },
        injectTo: "head",
      }));
    },
  },
});

function fileOf(name: string, chunks: readonly Rolldown.OutputChunk[]): string {
  // Not by isDynamicEntry: a chunk whose modules another one imports as well is not called that.
  const chunk = chunks.find((each) => !each.isEntry && each.name === name);
  if (!chunk) throw new Error(`the build has no chunk "${name}" to preload`);
  return chunk.fileName;
}
