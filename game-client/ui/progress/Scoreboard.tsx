/** The scoreboard of a finished match. */
import { count } from "#client/ui/kit/figures.ts";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { MatchPage, MatchPlayerLine } from "#shared/protocol/progress.ts";
import { Change } from "./MatchList.tsx";
import { PlayerName } from "./PlayerName.tsx";

export function Scoreboard({ of }: { of: MatchPage }) {
  const words = STRINGS.progress.match;
  const isRated = of.players.some(({ points }) => points);
  return (
    <table class="page-table scoreboard">
      <caption class="visually-hidden">{words.scoreboard}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{STRINGS.scores.rank}</span>
          </th>
          <th scope="col">{STRINGS.scores.name}</th>
          <th scope="col">{STRINGS.scores.score}</th>
          <th scope="col">{words.kills}</th>
          <th scope="col">{words.deaths}</th>
          <th scope="col" class="wide-only">
            {words.assists}
          </th>
          {isRated && <th scope="col">{STRINGS.progress.rating}</th>}
        </tr>
      </thead>
      <tbody>
        {of.players.map((player, index) => (
          <Row key={index} of={player} isTeamed={of.teamScores !== null} isRated={isRated} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of, isTeamed, isRated }: { of: MatchPlayerLine; isTeamed: boolean; isRated: boolean }) {
  return (
    <tr class={of.left === null ? undefined : "player-left"}>
      <td class="figures">{of.place}</td>
      <th scope="row">
        <span class="player-cell">
          {isTeamed && <TeamMark team={of.team} />}
          <PlayerName name={of.name} hasPage={of.hasPage} isBot={of.isBot} />
        </span>
      </th>
      <td class="figures">{count(of.score)}</td>
      <td class="figures">{count(of.kills)}</td>
      <td class="figures">{count(of.deaths)}</td>
      <td class="figures wide-only">{count(of.assists)}</td>
      {isRated && <td class="figures">{of.points && <Change of={of.points} />}</td>}
    </tr>
  );
}
