/** The score list, best first. It always contains the player's own line. */
import { AccountMark, AwayIcon, BotIcon } from "#client/ui/kit/peopleIcons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { type ScoreLine, scores, scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** More lines would cover the arena; scores.css shows fewer in a low view. */
const LINES_SHOWN = 8;

export function ScoreList() {
  const all = scores.value;
  if (all.length === 0) return null;
  return (
    <table class={scoresHeld.value ? "scores scores-all glass" : "scores glass"}>
      <caption class="visually-hidden">{STRINGS.scores.title}</caption>
      <thead>
        <tr>
          <ColumnHead text={STRINGS.scores.rank} />
          <ColumnHead text={STRINGS.scores.name} />
          <ColumnHead text={STRINGS.scores.score} />
        </tr>
      </thead>
      <tbody>
        {all.map((line, place) =>
          scoresHeld.value || place < LINES_SHOWN || line.self ? (
            <Line key={line.id} line={line} rank={rankOf(all, place)} />
          ) : null,
        )}
      </tbody>
    </table>
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

/** Equal scores share a rank. */
function rankOf(all: readonly ScoreLine[], place: number): number {
  return all.findIndex((line) => line.score === all[place]?.score) + 1;
}

function Line({ line, rank }: { line: ScoreLine; rank: number }) {
  const looks = ["score-line", line.self && "score-self", !line.connected && "score-away"]
    .filter(Boolean)
    .join(" ");
  return (
    <tr class={looks}>
      <td class="score-rank figures">{rank}</td>
      <th class="score-name" scope="row">
        <div class="score-person">
          <TeamMark team={line.team} />
          <span class="score-text">{line.name}</span>
          {line.account && <AccountMark />}
          {line.self && <span class="visually-hidden">{STRINGS.scores.you}</span>}
          {line.bot && (
            <span class="score-tag">
              <BotIcon />
              {STRINGS.scores.bot}
            </span>
          )}
          {!line.connected && (
            <span class="score-tag">
              <AwayIcon />
              {STRINGS.scores.away}
            </span>
          )}
        </div>
      </th>
      <td class="score-points figures">{line.score}</td>
    </tr>
  );
}
