/**
 * Begins with small files whose tests take long. Without times of an earlier run, Vitest begins with the largest files: these
 * came last, and one core had nothing to do.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A minute or more each. */
export const LONG_FILES = [
  "game-client/e2e/fitsDesktop.test.ts",
  "game-client/e2e/fitsPhone.test.ts",
  "game-client/e2e/fitsUpright.test.ts",
  "loadtest/fuzz/fuzz.test.ts",
] as const;

const isLong = ({ moduleId }: Pick<TestSpecification, "moduleId">): boolean =>
  LONG_FILES.some((file) => moduleId.endsWith(`/${file}`));

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project);
    return [...byProject.values()].flatMap((own) => [
      ...own.filter(isLong),
      ...own.filter((file) => !isLong(file)),
    ]);
  }
}
