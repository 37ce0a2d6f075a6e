/** A map that cannot be played: its picture with numbered marks, and beside it what is wrong at each. */
import { useMemo } from "preact/hooks";
import { palette } from "#client/settings/hues.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { parseBounded } from "#shared/arena/checkBrought.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { type Tmj, tilePxOf, tryReadTmj } from "#shared/editor/tmj.ts";
import { drawArena } from "./arenaDrawing.ts";
import { planOf } from "./draftPlan.ts";
import { groupFaults, type Spot } from "./faultText.ts";
import { Sentence } from "./Sentence.tsx";
import "./faultyPicture.css";

interface FaultyPictureProps {
  /** The Tiled file's text. If it is no map at all, there is no picture. */
  tiledJson: string;
  faults: readonly Fault[];
}

export function FaultyPicture({ tiledJson, faults }: FaultyPictureProps) {
  const hues = palette.value;
  const picture = useMemo(() => pictureOf(tiledJson), [tiledJson, hues]);
  const groups = groupFaults(faults, picture?.tilePx ?? 1);
  return (
    <div class="faulty-picture">
      {picture && (
        <div class="faulty-picture-plan">
          <img src={picture.src} alt={STRINGS.faults.picture} draggable={false} />
          {groups.flatMap(({ spots }, index) =>
            spots.map((spot) => <Mark key={`${index} ${spot.x} ${spot.y}`} {...{ spot, index, picture }} />),
          )}
        </div>
      )}
      <ol class="faulty-picture-list">
        {groups.map(({ text }, index) => (
          <li key={text}>
            <span class="fault-mark" aria-hidden="true">
              {index + 1}
            </span>
            <Sentence text={text} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface Picture {
  readonly src: string;
  readonly tilePx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

function pictureOf(tiledJson: string): Picture | undefined {
  const json = parseBounded(tiledJson, () => {});
  const { draft } = tryReadTmj(json);
  if (!draft) return undefined;
  const plan = planOf(draft, tilePxOf(json as Tmj));
  return { src: drawArena(plan), tilePx: plan.tilePx, widthPx: plan.widthPx, heightPx: plan.heightPx };
}

/** A number at the fault's place, or at the edge nearest to it. Screen readers read the list. */
function Mark({ spot, index, picture }: { spot: Spot; index: number; picture: Picture }) {
  const percent = (px: number, size: number) => `${Math.max(0, Math.min(px / size, 1)) * 100}%`;
  return (
    <span
      class="fault-mark"
      aria-hidden="true"
      style={{ left: percent(spot.x, picture.widthPx), top: percent(spot.y, picture.heightPx) }}
    >
      {index + 1}
    </span>
  );
}
