/** The title's corner: level, name and rating, which lead to the career, and a link to the leaderboard; and today's challenges. */
import { useEffect } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { PodiumIcon } from "#client/ui/kit/icons.tsx";
import { LevelBadge } from "#client/ui/kit/Level.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { kindOf } from "#shared/career/challenges.ts";
import type { LadderPlace, Me } from "#shared/protocol/progress.ts";

/** The rating of the mode that the player plays most. */
const mainLadder = ({ ladders }: Pick<Me, "ladders">): LadderPlace | undefined =>
  ladders.toSorted((a, b) => b.games - a.games)[0];

export function ProgressChip() {
  const intents = useIntents();
  useEffect(() => {
    if (!intents.lasting.isKnown()) return;
    // Without an answer the title shows what it knows.
    intents.lasting.me().then(
      (now) => {
        me.value = now;
      },
      () => {},
    );
  }, [intents]);
  const now = me.value;
  if (!now) {
    return (
      <Button look="quiet" onPress={() => intents.open({ kind: "account" })}>
        {STRINGS.progress.signIn}
      </Button>
    );
  }
  return (
    <span class="title-me">
      <Button look="quiet" onPress={() => intents.open({ kind: "career" })}>
        <LevelBadge level={now.level.level} />
        <span class="title-me-lines">
          <Lines of={now} />
        </span>
      </Button>
    </span>
  );
}

function Lines({ of }: { of: Me }) {
  const words = STRINGS.progress;
  if (of.name === null) return <span class="title-me-name">{STRINGS.career.title}</span>;
  const ladder = mainLadder(of);
  return (
    <>
      <span class="title-me-name" translate={false}>
        {of.name}
      </span>
      {ladder && <span class="title-me-rating figures">{words.ratingIs(count(ladder.points))}</span>}
    </>
  );
}

/** One quiet line; nothing until the server has told, so that nothing is promised where nothing counts. */
export function TodayLine() {
  const intents = useIntents();
  const now = me.value;
  if (!now) return null;
  const today = now.career.challenges.filter(({ challenge }) => kindOf(challenge) !== "week");
  const done = today.filter(({ isDone }) => isDone).length;
  return (
    <p class="title-today">
      <Button look="quiet" onPress={() => intents.open({ kind: "career" })}>
        <span class="figures">{STRINGS.career.todayLine(done, today.length)}</span>
      </Button>
    </p>
  );
}

export function LeaderboardButton() {
  const intents = useIntents();
  return (
    <Button
      look="icon"
      label={STRINGS.progress.leaderboard}
      onPress={() => intents.open({ kind: "leaderboard" })}
    >
      <PodiumIcon />
    </Button>
  );
}
