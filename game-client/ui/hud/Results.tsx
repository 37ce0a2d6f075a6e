/** The results of a match: its winner, the best three, the player's own part, what was gained, and what comes next. */
import { teamHue } from "#client/palette.ts";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { isDecided, type MatchView, match, scores, scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { BestMoment } from "./BestMoment.tsx";
import { News } from "./News.tsx";
import { NextStep } from "./NextStep.tsx";
import { OwnPart } from "./OwnPart.tsx";
import { Podium } from "./Podium.tsx";

/** The scoreboard hides them, and they stay where they are. */
export function Results() {
  const now = match.value;
  if (!now || !isDecided.value) return null;
  return (
    <div class={scoresHeld.value ? "over-view results-place results-covered" : "over-view results-place"}>
      <section class="results glass" data-menu aria-labelledby="results-title">
        <Outcome of={now} />
        <div class="results-body">
          <Podium />
          <div class="results-own">
            <OwnPart />
            <News />
            <Awards of={now} />
            <BestMoment />
          </div>
        </div>
        <NextStep of={now} />
      </section>
    </div>
  );
}

/** Shows who won, and what was played. */
export function Outcome({ of }: { of: MatchView }) {
  return (
    <header class="results-head">
      <h2 id="results-title" class="results-title">
        <Sentence text={winnerOf(of)} />
      </h2>
      <Sides of={of} />
      <p class="results-what">
        {STRINGS.modes[of.mode]} · <MapName map={of.map} />
      </p>
    </header>
  );
}

function winnerOf({ sides }: MatchView): string {
  const words = STRINGS.results;
  const [a, b] = sides;
  if (a && b) {
    if (a.score === b.score) return words.draw;
    const winner = a.score > b.score ? a : b;
    // A spectator has no side.
    if (!a.own && !b.own) return words.teamWins(winner.team + 1);
    return winner.own ? words.yourTeamWins : words.theirTeamWins;
  }
  const [first, second] = scores.value;
  if (!first || first.score === second?.score) return words.draw;
  return first.self ? words.youWin : words.wins(called(first.name));
}

function Sides({ of }: { of: MatchView }) {
  if (of.sides.length === 0) return null;
  return (
    <p class="results-sides">
      {of.sides.map(({ team, score, own }) => (
        <span key={team} class="results-side" style={{ color: teamHue(team) }}>
          <TeamMark team={team} />
          <strong class="figures">{score}</strong>
          {own && <span class="match-yours">{STRINGS.match.yours}</span>}
        </span>
      ))}
    </p>
  );
}

function Awards({ of }: { of: MatchView }) {
  return (
    <ul class="awards" aria-label={STRINGS.results.awards}>
      {of.awards.map(({ kind, name, team, value }) => (
        <li key={kind} class="award">
          <TeamMark team={team} />
          <span class="award-name" translate={false} style={{ color: teamHue(team) }}>
            {name}
          </span>
          <span>{STRINGS.results.award[kind](value)}</span>
        </li>
      ))}
    </ul>
  );
}
