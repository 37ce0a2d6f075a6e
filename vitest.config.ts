/** One command runs every test: simulation, rooms on a booted server, pages in a real Chromium. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{shared,server,game-client,loadtest}/**/*.test.{ts,tsx}"],
    globalSetup: ["game-client/e2e/globalSetup.ts"],
    // One file at a time: pages drawn without a GPU and players on a clock would starve each other.
    fileParallelism: false,
    testTimeout: 60_000,
    // The SDK tells of every try to reconnect, and the tests cut a lot.
    onConsoleLog: (line) => !line.includes("[Colyseus reconnection]"),
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
