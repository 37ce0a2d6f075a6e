/**
 * One command runs every test. `unit` and `long` need nothing but Node; `server` boots servers on loopback; `browser` drives pages in
 * a real Chromium; `alone` needs the machine for itself. testing/projects.ts decides which file belongs where.
 */
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { type ProjectName, sortTestFiles } from "./testing/projects.ts";

type ProjectOptions = NonNullable<TestProjectInlineConfiguration["test"]>;

const NO_PORTS = "testing/noPorts.ts";
const BUILT_PAGE = "testing/buildPage.ts";
const CHROMIUM = "game-client/e2e/globalSetup.ts";
const files = sortTestFiles();

/** Projects run one after the other, so that no browser takes the processor from a server's test. */
const project = (
  name: ProjectName,
  order: number,
  options: ProjectOptions,
): TestProjectInlineConfiguration => ({
  extends: true,
  test: { name, include: files[name], sequence: { groupOrder: order }, ...options },
});

export default defineConfig({
  test: {
    // Conditions, not durations, decide: these bounds only end a test that hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // The SDK logs every attempt to reconnect, and the tests cut many connections.
    onConsoleLog: (line) => !line.includes("[Colyseus reconnection]"),
    projects: [
      project("unit", 0, { setupFiles: [NO_PORTS] }),
      project("long", 0, { setupFiles: [NO_PORTS] }),
      // These tests mostly wait for ticks and timeouts.
      project("server", 1, { globalSetup: [BUILT_PAGE], maxWorkers: 3 }),
      project("browser", 2, { globalSetup: [BUILT_PAGE, CHROMIUM], maxWorkers: 2, testTimeout: 180_000 }),
      project("alone", 3, { globalSetup: [BUILT_PAGE], maxWorkers: 1 }),
    ],
  },
});
