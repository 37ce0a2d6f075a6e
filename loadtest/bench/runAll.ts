/** Runs the whole plan, one run after the other. */
import { run } from "./measure/run.ts";
import type { Options } from "./options.ts";
import { planOf } from "./plan.ts";
import type { Run } from "./results.ts";

export interface Progress {
  readonly done: readonly Run[];
  readonly all: number;
}

/** `profileFolder`: where each server writes a CPU profile of itself, if given. */
export async function runAll(
  options: Options,
  profileFolder: string | undefined,
  onProgress: (progress: Progress) => void,
): Promise<Run[]> {
  const { warmUpSec, seconds } = options;
  const plan = planOf(options);
  const done: Run[] = [];
  for (const planned of plan) {
    const { server, scenario } = planned;
    const name = `${server}-${scenario.players}-${planned.round + 1}.cpuprofile`;
    const profile = profileFolder ? { folder: profileFolder, name } : undefined;
    const outcome = await run({ server, scenario, warmUpSec, seconds, profile });
    done.push({ ...planned, ...outcome });
    onProgress({ done, all: plan.length });
  }
  return done;
}
