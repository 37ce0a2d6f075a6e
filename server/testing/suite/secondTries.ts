/** Reporter: names every test that passed on its second try only, with the failure of the first. Each is a fault to mend. */
import type { Reporter, TestModule } from "vitest/node";

export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests("passed")) {
        if (!test.diagnostic()?.flaky) continue;
        const [failure] = test.result().errors ?? [];
        console.warn(
          `Passed on the second try only: ${test.fullName}\n${failure?.stack ?? failure?.message}`,
        );
      }
    }
  }
}
