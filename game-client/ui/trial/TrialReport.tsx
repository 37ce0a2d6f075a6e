/** The report of a trial: verdicts on top, then the map with its heat, and the figures. */
import { useMemo, useState } from "preact/hooks";
import type { Arena } from "#shared/arena/arena.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Cell } from "#shared/trial/cells.ts";
import { judgeTrial } from "#shared/trial/judge.ts";
import type { HeatName, Trial } from "#shared/trial/trial.ts";
import type { Verdict, VerdictCode } from "#shared/trial/verdict.ts";
import { SidesBar, SmallFigures, WeaponBars } from "./TrialFigures.tsx";
import { TrialMap } from "./TrialMap.tsx";
import { Verdicts } from "./Verdicts.tsx";

interface TrialReportProps {
  arena: Arena;
  mode: ModeName;
  trial: Trial;
  /** Verdicts come when all matches are played: those of a few would come and go. */
  isWhole: boolean;
}

/** The heat map that shows best what a verdict is about. */
const HEAT_OF: Readonly<Partial<Record<VerdictCode, HeatName>>> = {
  spawnDeaths: "spawnDeaths",
  stuck: "stuck",
  deadSpace: "ways",
  crowd: "deaths",
};

const NOWHERE: readonly Cell[] = [];

export function TrialReport({ arena, mode, trial, isWhole }: TrialReportProps) {
  const verdicts = useMemo(
    () => (isWhole ? judgeTrial({ arena, mode, trial }) : []),
    [arena, mode, trial, isWhole],
  );
  const [heat, setHeat] = useState<HeatName>("deaths");
  const [shown, setShown] = useState<VerdictCode>();
  const show = (verdict: Verdict | undefined) => {
    setShown(verdict?.code);
    if (verdict) setHeat(HEAT_OF[verdict.code] ?? heat);
  };
  const marked = verdicts.find(({ code }) => code === shown)?.places ?? NOWHERE;
  return (
    <div class="trial-report">
      {isWhole && <Verdicts {...{ verdicts, shown, show }} />}
      <TrialMap {...{ arena, trial, heat, setHeat, marked }} />
      <div class="trial-numbers">
        {isTeamMode(mode) && <SidesBar trial={trial} />}
        <WeaponBars trial={trial} />
        <SmallFigures trial={trial} />
      </div>
    </div>
  );
}
