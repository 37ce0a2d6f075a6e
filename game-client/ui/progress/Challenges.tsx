/** The challenges of the day and the week, with how far they are and how long they last. */
import { challengeText, challengeValue } from "#client/ui/kit/challengeText.ts";
import { count, span } from "#client/ui/kit/figures.ts";
import { CheckIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { kindOf } from "#shared/career/challenges.ts";
import type { ChallengeState } from "#shared/protocol/progress.ts";

export function Challenges({ of }: { of: readonly ChallengeState[] }) {
  const words = STRINGS.career;
  const isWeekly = ({ challenge }: ChallengeState) => kindOf(challenge) === "week";
  return (
    <div class="challenges">
      <Group title={words.today} of={of.filter((each) => !isWeekly(each))} />
      <Group title={words.week} of={of.filter(isWeekly)} />
    </div>
  );
}

function Group({ title, of }: { title: string; of: readonly ChallengeState[] }) {
  const [first] = of;
  if (!first) return null;
  const leftSec = Math.max(0, first.endsAt - Date.now()) / 1000;
  return (
    <section class="challenge-group">
      <h2 class="page-subtitle challenge-head">
        {title} <span class="challenge-left figures">{STRINGS.career.left(span(leftSec))}</span>
      </h2>
      <ul class="challenge-list">
        {of.map((each) => (
          <Challenge key={each.challenge} of={each} />
        ))}
      </ul>
    </section>
  );
}

function Challenge({ of: { challenge, progress, goal, xp, isDone } }: { of: ChallengeState }) {
  const words = STRINGS.career;
  const text = challengeText(challenge, goal);
  const now = Math.min(progress, goal);
  const standing = words.progress(challengeValue(challenge, now), challengeValue(challenge, goal));
  return (
    <li class={isDone ? "challenge challenge-done" : "challenge"}>
      <p class="challenge-text">
        {isDone && <CheckIcon />}
        <span>{text}</span>
        <span class="challenge-xp figures">{words.reward(count(xp))}</span>
      </p>
      <div
        class="challenge-bar"
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={goal}
        aria-valuenow={now}
        aria-valuetext={standing}
      >
        <span style={{ width: `${(100 * now) / goal}%` }} />
      </div>
      <p class="challenge-standing figures">{isDone ? words.done : standing}</p>
    </li>
  );
}
