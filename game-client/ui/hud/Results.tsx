/** The results of a match: its winner, its awards, and the vote on what to play next. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { teamHue } from "#client/palette.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isDecided, type MatchView, match, ownVote, scores } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { News } from "./News.tsx";

export function Results() {
  const now = match.value;
  if (!now || !isDecided.value) return null;
  return (
    <div class="over-view results-place">
      <section class="results glass" data-menu aria-labelledby="results-title">
        <h2 id="results-title" class="results-title">
          <Sentence text={winnerOf(now)} />
        </h2>
        <News />
        <Awards of={now} />
        <NextVote of={now} />
      </section>
    </div>
  );
}

function winnerOf({ sides }: MatchView): string {
  const [a, b] = sides;
  if (a && b) {
    if (a.score === b.score) return STRINGS.results.draw;
    return (a.score > b.score ? a : b).own ? STRINGS.results.yourTeamWins : STRINGS.results.theirTeamWins;
  }
  const [first, second] = scores.value;
  if (!first || first.score === second?.score) return STRINGS.results.draw;
  return first.self ? STRINGS.results.youWin : STRINGS.results.wins(called(first.name));
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

function NextVote({ of }: { of: MatchView }) {
  const intents = useIntents();
  if (of.candidates.length === 0) return null;
  return (
    <fieldset class="vote">
      <legend>
        {STRINGS.results.next} <span class="figures">{STRINGS.seconds(Math.max(0, of.secondsLeft))}</span>
        {deviceInUse.value === "pad" && <span class="vote-how">{STRINGS.results.padHow}</span>}
      </legend>
      {of.candidates.map(({ map, mode, votes }, choice) => (
        <Button
          key={`${map} ${mode}`}
          look={ownVote.value === choice ? "primary" : "plain"}
          pressed={ownVote.value === choice}
          onPress={() => intents.vote(choice)}
        >
          {deviceInUse.value === "keys" && (
            <kbd class="vote-key" translate={false}>
              {choice + 1}
            </kbd>
          )}
          <span class="vote-what">
            <span class="vote-mode">{STRINGS.modes[mode]}</span>
            <span class="vote-map" translate={false}>
              {map}
            </span>
          </span>
          <span class="vote-count figures">{votes}</span>
        </Button>
      ))}
    </fieldset>
  );
}
