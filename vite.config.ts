/** Builds the page into dist/client; in development serves it and the game server, both with hot reload. */
import { colyseus } from "colyseus/vite";
import { defineConfig, type Rolldown } from "vite";
import { precompress } from "./game-client/precompress.ts";

/**
 * Whether the title needs it: imported by what index.html loads, and not only by what is fetched later. All of it in one
 * file is smaller and sooner there than one for each set of parts that happen to share something.
 */
function comesFirst(id: string, context: Rolldown.ChunkingContext): boolean {
  const seen = new Set<string>();
  const isReached = (at: string): boolean => {
    if (seen.has(at)) return false;
    seen.add(at);
    const info = context.getModuleInfo(at);
    return info !== null && (info.isEntry || info.importers.some(isReached));
  };
  return isReached(id);
}

export default defineConfig(({ command }) => ({
  root: "game-client",
  // The production server runs the TypeScript sources as they are, so only development needs the plugin.
  plugins: [
    command === "serve" && colyseus({ serverEntry: "/../server/dev.ts", quiet: true }),
    precompress(),
  ],
  server: { host: "127.0.0.1" },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2023",
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: (id, context) => (comesFirst(id, context) ? "page" : null) }] },
      },
    },
    // Phaser alone is more than the default bound.
    chunkSizeWarningLimit: 2000,
  },
}));
