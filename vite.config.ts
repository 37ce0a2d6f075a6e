/** Builds the page into dist/client; in development serves it and the game server, both with hot reload. */
import { colyseus } from "colyseus/vite";
import { defineConfig, type Rolldown } from "vite";
import { appIcons } from "./game-client/appIcons.ts";
import { usedPhaserParts } from "./game-client/phaser/usedParts.ts";
import { precompress } from "./game-client/precompress.ts";
import { preloadGame } from "./game-client/preloadGame.ts";
import { recordSources } from "./game-client/sourceDigest.ts";

/**
 * Whether the title screen needs a module: a chain of static imports leads to it from index.html. One file of all these
 * modules is smaller and loads sooner than Rolldown's default, a file for each set of modules that several parts share.
 */
function isNeededFirst(id: string, context: Rolldown.ChunkingContext): boolean {
  const seen = new Set<string>();
  const isReached = (module: string): boolean => {
    if (seen.has(module)) return false;
    seen.add(module);
    const info = context.getModuleInfo(module);
    return info !== null && (info.isEntry || info.importers.some(isReached));
  };
  return isReached(id);
}

export default defineConfig(({ command }) => ({
  root: "game-client",
  // Node runs the server's TypeScript without a build: only development needs the Colyseus plugin.
  plugins: [
    command === "serve" && colyseus({ serverEntry: "/../server/dev.ts", quiet: true }),
    usedPhaserParts(),
    preloadGame(),
    appIcons(),
    precompress(),
    recordSources(),
  ],
  server: { host: "127.0.0.1" },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2023",
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: (id, context) => (isNeededFirst(id, context) ? "page" : null) }] },
      },
    },
    // kB; Phaser alone exceeds the default of 500.
    chunkSizeWarningLimit: 2000,
  },
}));
