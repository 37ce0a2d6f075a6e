/**
 * The test suite as projects: `unit` and `long` need nothing but Node; `server` opens ports on loopback; `browser` drives
 * pages in a real Chromium; `alone` needs the machine for itself. server/testing/suite/projects.ts decides where a file belongs.
 */
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { LongestFirst } from "./server/testing/suite/longestFirst.ts";
import { IN_PROCESSES, type ProjectName, sortTestFiles } from "./server/testing/suite/projects.ts";

type ProjectOptions = NonNullable<TestProjectInlineConfiguration["test"]>;

const NO_PORTS = "server/testing/suite/noPorts.ts";
const BUILT_PAGE = "server/testing/suite/buildPage.ts";
const CHROMIUM = "game-client/e2e/globalSetup.ts";

/**
 * For tests in which sockets, pages and the machine's clock take part: one that fails is tried once more, so that a
 * machine which stalls does not refuse a change. The reporter names each. Simulations get no second try: they are exact.
 */
const SECOND_TRY = { retry: 1 };
const files = sortTestFiles();

/** Projects of a lower `order` run first, so that no browser takes the processor from a test of a server. */
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
    // Tests wait for conditions: these times end only a test that hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // The SDK logs every attempt to reconnect, and the tests cut many connections.
    onConsoleLog: (line) => !line.includes("[Colyseus reconnection]"),
    sequence: { sequencer: LongestFirst },
    reporters: ["default", "server/testing/suite/secondTries.ts"],
    projects: [
      // These share workers: while a test of a server waits for ticks and timeouts, simulations use the processor.
      project("unit", 0, { setupFiles: [NO_PORTS], isolate: false, maxWorkers: 3 }),
      project("long", 0, { setupFiles: [NO_PORTS], maxWorkers: 3 }),
      project("server", 0, { globalSetup: [BUILT_PAGE], maxWorkers: 3, ...SECOND_TRY }),
      {
        extends: true,
        test: {
          name: "processes",
          include: [...IN_PROCESSES],
          sequence: { groupOrder: 0 },
          globalSetup: [BUILT_PAGE],
          maxWorkers: 3,
          env: { TEST_PROCESSES: "2" },
          ...SECOND_TRY,
        },
      },
      project("browser", 1, {
        globalSetup: [BUILT_PAGE, CHROMIUM],
        maxWorkers: 2,
        testTimeout: 180_000,
        expect: { poll: { timeout: 60_000 } },
        ...SECOND_TRY,
      }),
      project("alone", 2, { globalSetup: [BUILT_PAGE], maxWorkers: 1, ...SECOND_TRY }),
    ],
  },
});
