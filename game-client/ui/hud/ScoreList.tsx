/** The short score list in the corner: the best, and always the player's own line. On a touch screen it opens the scoreboard. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { isDecided, scores, scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { looksOf, ScorePerson } from "./ScorePerson.tsx";
import { type RankedLine, shortList, soleLeaderOf } from "./scoreLayout.ts";

/** More lines would cover the arena; scores.css shows fewer in a low view. */
const LINES_SHOWN = 8;

/** Hidden under the scoreboard and under the results, which tell the same. */
export function ScoreList() {
  const all = scores.value;
  if (all.length === 0 || scoresHeld.value || isDecided.value) return null;
  const leader = soleLeaderOf(all);
  return (
    <>
      <table class="scores glass">
        <caption class="visually-hidden">{STRINGS.scores.title}</caption>
        <thead>
          <tr>
            <ColumnHead text={STRINGS.scores.rank} />
            <ColumnHead text={STRINGS.scores.name} />
            <ColumnHead text={STRINGS.scores.score} />
          </tr>
        </thead>
        <tbody>
          {shortList(all, LINES_SHOWN).map((line) => (
            <Line key={line.id} line={line} leads={line.id === leader} />
          ))}
        </tbody>
      </table>
      {deviceInUse.value === "touch" && <OpenScoreboard />}
    </>
  );
}

/** Lies over the list. Not in the tab order: a keyboard has a key for it. */
function OpenScoreboard() {
  return (
    <button
      type="button"
      class="scores-open"
      aria-label={STRINGS.settings.actions.scores}
      tabIndex={-1}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={() => {
        scoresHeld.value = true;
      }}
    />
  );
}

/** Its text is hidden inside the cell: a hidden cell would leave the table's layout, and its columns lose their widths. */
function ColumnHead({ text }: { text: string }) {
  return (
    <th scope="col">
      <span class="visually-hidden">{text}</span>
    </th>
  );
}

function Line({ line, leads }: { line: RankedLine; leads: boolean }) {
  return (
    <tr class={looksOf(line)}>
      <td class="score-rank figures">{line.rank}</td>
      <th class="score-name" scope="row">
        <ScorePerson line={line} leads={leads} />
      </th>
      <td class="score-points figures">{line.score}</td>
    </tr>
  );
}
