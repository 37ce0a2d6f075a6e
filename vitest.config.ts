/** One command runs every test: simulation, rooms on a booted server, pages in a real Chromium. */
import { configDefaults, defineConfig } from "vitest/config";

/** Pages drawn without a GPU, and measured players on a clock: each needs the machine for itself. */
const ALONE = [
  "game-client/e2e/**/*.test.ts",
  "loadtest/probes/**/*.test.ts",
  "loadtest/load/loadtest.test.ts",
  "server/edge/flood.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["game-client/e2e/globalSetup.ts"],
    testTimeout: 60_000,
    // The SDK tells of every try to reconnect, and the tests cut a lot.
    onConsoleLog: (line) => !line.includes("[Colyseus reconnection]"),
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // In CI once more: other machines on the same metal take the processor for seconds. What fails twice is broken, and
    // what needed a second try is named in the output.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["{shared,server,game-client,loadtest,examples,docs}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, ...ALONE],
          // A server's tests mostly wait.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: "alone", include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
