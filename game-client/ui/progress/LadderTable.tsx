/** The rows of a leaderboard: the top, and the player's own place with those around it. */
import { count } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Leaderboard, LeaderboardRow } from "#shared/protocol/progress.ts";
import { useMovingRows } from "./flip.ts";
import { PlayerName } from "./PlayerName.tsx";

export function LadderTable({ of }: { of: Leaderboard }) {
  const words = STRINGS.progress.ladder;
  if (of.top.length === 0)
    return <p class="page-empty">{of.span === "week" ? words.noneWeek : words.none}</p>;
  const isInTop = of.top.some(({ isYou }) => isYou);
  return (
    <>
      <Rows of={of.top} span={of.span} caption={STRINGS.progress.leaderboard} />
      {!isInTop && of.around.length > 0 && (
        <section class="page-part">
          <h2 class="page-subtitle">{words.around}</h2>
          <Rows of={of.around} span={of.span} caption={words.around} />
        </section>
      )}
      <p class="page-quiet figures">{words.listed(count(of.players))}</p>
    </>
  );
}

interface RowsProps {
  of: readonly LeaderboardRow[];
  span: Leaderboard["span"];
  caption: string;
}

function Rows({ of, span, caption }: RowsProps) {
  const body = useMovingRows<HTMLTableSectionElement>();
  const words = STRINGS.progress.ladder;
  return (
    <table class="page-table ladder">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{STRINGS.scores.rank}</span>
          </th>
          <th scope="col">{STRINGS.scores.name}</th>
          <th scope="col">{span === "week" ? words.score : words.points}</th>
          <th scope="col">{words.games}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {of.map((row) => (
          <Row key={row.name} of={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of: { rank, name, value, games, isYou } }: { of: LeaderboardRow }) {
  return (
    <tr data-row={name} class={isYou ? "ladder-you" : undefined}>
      <td class={rank <= 3 ? `figures ladder-rank ladder-rank-${rank}` : "figures ladder-rank"}>{rank}</td>
      <th scope="row">
        <span class="player-cell">
          <PlayerName name={name} hasPage />
          {isYou && <span class="player-tag">{STRINGS.progress.ladder.you}</span>}
        </span>
      </th>
      <td class="figures ladder-value">{count(value)}</td>
      <td class="figures">{count(games)}</td>
    </tr>
  );
}
