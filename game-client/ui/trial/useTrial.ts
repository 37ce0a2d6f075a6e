/** The state of the trial that a panel shows: what is asked for, how far it is, and what came of it so far. */
import { useEffect, useRef, useState } from "preact/hooks";
import { runTrial } from "#client/trial/runTrial.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { matchesOf, planTrial, TRIAL_MATCHES } from "#shared/trial/plan.ts";
import { mergeTrials, noTrial, type Trial } from "#shared/trial/trial.ts";

export interface Asked {
  readonly mode: ModeName;
  readonly skill: SkillName;
}

export type TrialState =
  | { readonly kind: "idle" }
  | (Asked & {
      readonly kind: "running" | "done" | "failed";
      /** Matches to play, those of earlier rounds among them. */
      readonly of: number;
      /** The figures of all matches until now. */
      readonly trial: Trial;
    });

export interface TrialControls {
  readonly state: TrialState;
  run(asked: Asked): void;
  /** Plays as many matches again, with new seeds, and adds them. */
  more(): void;
  /** Keeps what has been played. */
  stop(): void;
}

export function useTrial(arena: Arena): TrialControls {
  const [state, setState] = useState<TrialState>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  const stop = () => running.current?.abort();
  // The workers of a panel that is closed, or whose arena has changed, play for nobody.
  useEffect(() => {
    setState({ kind: "idle" });
    return stop;
  }, [arena]);

  async function play(asked: Asked, before: Trial): Promise<void> {
    stop();
    const own = new AbortController();
    running.current = own;
    const of = before.matches + TRIAL_MATCHES;
    const plan = { ...planTrial(arena, asked.mode, asked.skill), matches: of };
    const played: Trial[] = [];
    // Matches are added in the order of the plan, not of their ends: the same trial then has the same figures.
    const soFar = () => mergeTrials(before, Object.values(played));
    const show = (kind: "running" | "done" | "failed") => setState({ ...asked, kind, of, trial: soFar() });
    show("running");
    try {
      await runTrial(arena, matchesOf(plan).slice(before.matches), {
        signal: own.signal,
        onPlayed(index, trial) {
          played[index] = trial;
          show("running");
        },
      });
      if (running.current === own) show("done");
    } catch {
      if (running.current === own) show("failed");
    }
  }

  return {
    state,
    run: (asked) => void play(asked, noTrial(arena)),
    more: () => void (state.kind !== "idle" && play(state, state.trial)),
    stop,
  };
}
