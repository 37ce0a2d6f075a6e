/** Builds the page into dist/client; in development serves it and the game server, both with hot reload. */
import { colyseus } from "colyseus/vite";
import { defineConfig } from "vite";
import { precompress } from "./game-client/precompress.ts";

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
    // Phaser alone is more than the default bound.
    chunkSizeWarningLimit: 2000,
  },
}));
