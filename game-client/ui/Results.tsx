/** When a match is decided: who has won, what it is remembered for, and a vote on what is next. */
import { teamHue } from "#client/palette.ts";
import { Button } from "./Button.tsx";
import { useIntents } from "./intents.ts";
import { type MatchView, match, ownVote, scores } from "./model.ts";
import { STRINGS } from "./strings.ts";
import { TeamMark } from "./TeamMark.tsx";

const words = STRINGS.results;

export function Results() {
  const now = match.value;
  if (now?.phase !== "results") return null;
  return (
    <div class="over-view results-place">
      <section class="results glass" aria-labelledby="results-title">
        <h2 id="results-title" class="results-title">
          {winnerOf(now)}
        </h2>
        <Awards of={now} />
        <NextVote of={now} />
      </section>
    </div>
  );
}

function winnerOf({ sides }: MatchView): string {
  const [a, b] = sides;
  if (a && b) {
    if (a.score === b.score) return words.draw;
    return (a.score > b.score ? a : b).own ? words.yourTeamWins : words.theirTeamWins;
  }
  const [first, second] = scores.value;
  if (!first || first.score === second?.score) return words.draw;
  return first.self ? words.youWin : words.wins(first.name);
}

function Awards({ of }: { of: MatchView }) {
  return (
    <ul class="awards" aria-label={words.awards}>
      {of.awards.map(({ kind, name, team, value }) => (
        <li key={kind} class="award">
          <TeamMark team={team} />
          <span class="award-name" style={{ color: teamHue(team) }}>
            {name}
          </span>
          <span>{words.award[kind](value)}</span>
        </li>
      ))}
    </ul>
  );
}

function NextVote({ of }: { of: MatchView }) {
  const intents = useIntents();
  if (of.candidates.length === 0) return null;
  return (
    <fieldset class="vote">
      <legend>
        {words.next} <span class="figures">{STRINGS.seconds(Math.max(0, of.secondsLeft))}</span>
      </legend>
      {of.candidates.map(({ map, mode, votes }, choice) => (
        <Button
          key={`${map} ${mode}`}
          look={ownVote.value === choice ? "primary" : "plain"}
          pressed={ownVote.value === choice}
          onPress={() => intents.vote(choice)}
        >
          <span class="vote-mode">{STRINGS.match.modes[mode]}</span>
          <span class="vote-map">{map}</span>
          <span class="vote-count figures">{votes}</span>
        </Button>
      ))}
    </fieldset>
  );
}
