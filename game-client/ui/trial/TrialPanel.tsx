/** Bots try an arena out: a button, the matches' progress, and a report that says what to change. Its code is a chunk of its own. */
import { useMemo, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { Select } from "#client/ui/kit/Select.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import { SKILL_NAMES, type SkillName } from "#shared/brain/skill.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { TRIAL_MATCHES } from "#shared/trial/plan.ts";
import { TrialReport } from "./TrialReport.tsx";
import { type TrialControls, type TrialState, useTrial } from "./useTrial.ts";
import "#client/ui/progress/page.css";
import "./trial.css";

interface TrialPanelProps {
  /** The Tiled file's text. */
  tiledJson: string;
}

export default function TrialPanel({ tiledJson }: TrialPanelProps) {
  const arena = useMemo(() => arenaIn(tiledJson), [tiledJson]);
  if (!arena) return <p class="trial-quiet">{STRINGS.trial.faulty}</p>;
  return <Trying arena={arena} />;
}

/** Undefined for a map that cannot be played: whoever shows the panel shows its faults, too. */
function arenaIn(tiledJson: string): Arena | undefined {
  try {
    return parseArena(JSON.parse(tiledJson), "trial");
  } catch {
    return undefined;
  }
}

function Trying({ arena }: { arena: Arena }) {
  const controls = useTrial(arena);
  const { state } = controls;
  const words = STRINGS.trial;
  return (
    <div class="trial">
      <p class="trial-quiet">{words.how(TRIAL_MATCHES)}</p>
      <TrialForm arena={arena} controls={controls} />
      <p class="visually-hidden" role="status">
        {state.kind === "done" ? words.played(state.trial.matches) : ""}
      </p>
      {state.kind === "failed" && <p role="alert">{words.failed}</p>}
      {state.kind !== "idle" && state.trial.matches > 0 && (
        <TrialReport {...{ arena, mode: state.mode, trial: state.trial }} isWhole={state.kind === "done"} />
      )}
    </div>
  );
}

function TrialForm({
  arena,
  controls: { state, run, more, stop },
}: {
  arena: Arena;
  controls: TrialControls;
}) {
  const { trial: words, modes, roomSettings } = STRINGS;
  const [mode, setMode] = useState<ModeName>(arena.modes[0] ?? "deathmatch");
  const [skill, setSkill] = useState<SkillName>("normal");
  if (state.kind === "running") return <Progress state={state} stop={stop} />;
  return (
    <div class="trial-form">
      <Select
        name={roomSettings.labels.mode}
        value={mode}
        options={arena.modes.map((value) => ({ value, text: modes[value] }))}
        set={(value) => setMode(value as ModeName)}
      />
      <Select
        name={roomSettings.labels.botSkill}
        value={skill}
        options={SKILL_NAMES.map((value) => ({
          value,
          text: words.bots(roomSettings.choices.botSkill[value]),
        }))}
        set={(value) => setSkill(value as SkillName)}
      />
      <Button look={state.kind === "idle" ? "primary" : "plain"} onPress={() => run({ mode, skill })}>
        {words.run}
      </Button>
      {state.kind === "done" && state.trial.matches > 0 && (
        <Button look="quiet" onPress={more}>
          {words.more(TRIAL_MATCHES)}
        </Button>
      )}
    </div>
  );
}

type Running = Exclude<TrialState, { kind: "idle" }>;

function Progress({ state: { of, trial }, stop }: { state: Running; stop(): void }) {
  const words = STRINGS.trial;
  return (
    <div class="trial-form">
      <div
        class="trial-progress"
        role="progressbar"
        aria-label={words.run}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={trial.matches}
      >
        <span style={{ width: `${(100 * trial.matches) / of}%` }} />
      </div>
      <span class="figures">{words.progress(trial.matches, of)}</span>
      <Button look="quiet" onPress={stop}>
        {words.stop}
      </Button>
    </div>
  );
}
