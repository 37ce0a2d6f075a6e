/** The arena's plan with a heat map over it, and rings around the places of a verdict. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { palette } from "#client/settings/hues.ts";
import { drawArena } from "#client/ui/kit/arenaDrawing.ts";
import { Choice } from "#client/ui/kit/fields.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Cell } from "#shared/trial/cells.ts";
import { hottest } from "#shared/trial/mapRules.ts";
import { HEAT_NAMES, type HeatName, type Trial } from "#shared/trial/trial.ts";
import { markPlaces, paintHeat, RAMP_CSS, sizeCanvas } from "./heatPaint.ts";

/** Longer side of the plan, px. */
const PLAN_PX = 1200;

interface TrialMapProps {
  arena: Arena;
  trial: Trial;
  heat: HeatName;
  setHeat(heat: HeatName): void;
  marked: readonly Cell[];
}

export function TrialMap({ arena, trial, heat, setHeat, marked }: TrialMapProps) {
  const words = STRINGS.trial;
  const hues = palette.value;
  const plan = useMemo(() => drawArena(arena, PLAN_PX), [arena, hues]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const values = trial.heat[heat];
  useEffect(() => {
    if (!canvas.current) return;
    sizeCanvas(canvas.current, arena);
    paintHeat(canvas.current, arena, values);
    markPlaces(canvas.current, marked);
  }, [arena, values, marked]);
  useEffect(() => {
    if (marked.length > 0) canvas.current?.scrollIntoView({ block: "nearest" });
  }, [marked]);
  return (
    <div class="trial-map-part">
      <Choice
        name={words.map}
        value={heat}
        set={setHeat}
        options={HEAT_NAMES.map((value) => ({ value, text: words.heat[value] }))}
        look="chips"
      />
      <div class="trial-map" style={{ "--trial-ratio": arena.columns / arena.rows }}>
        <img src={plan} alt="" draggable={false} />
        <canvas ref={canvas} role="img" aria-label={words.heat[heat]} />
      </div>
      <div class="trial-legend" aria-hidden="true">
        <span>{words.few}</span>
        <span class="trial-ramp" style={{ background: RAMP_CSS }} />
        <span>{words.many(amountOf(heat, Math.max(...values)))}</span>
      </div>
      <HeatTable {...{ arena, heat, values }} />
    </div>
  );
}

/** Ways are seconds, all others are counted. */
const amountOf = (heat: HeatName, value: number): string =>
  heat === "ways" ? STRINGS.trial.seconds(count(value / TICKS_PER_SEC)) : count(value);

const ROWS = 8;

function HeatTable({ arena, heat, values }: { arena: Arena; heat: HeatName; values: readonly number[] }) {
  const words = STRINGS.trial;
  return (
    <details class="trial-table">
      <summary>{words.table}</summary>
      <table class="page-table">
        <caption class="visually-hidden">{words.heat[heat]}</caption>
        <thead>
          <tr>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.heat[heat]}</th>
          </tr>
        </thead>
        <tbody>
          {hottest(arena, values, ROWS).map(({ column, row }) => (
            <tr key={`${column} ${row}`}>
              <th scope="row">{words.cell(count(column), count(row))}</th>
              <td class="figures">{amountOf(heat, values[row * arena.columns + column] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
