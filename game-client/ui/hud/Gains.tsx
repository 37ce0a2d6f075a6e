/** Lists what a match added to the player's career: medals, challenges, looks and personal bests. */
import "./gains.css";
import type { ComponentChildren } from "preact";
import { challengeText, challengeValue } from "#client/ui/kit/challengeText.ts";
import { count } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { CareerGain, ChallengeGain } from "#shared/protocol/progress.ts";

export function Gains({ of: { medals, challenges, looks, bests } }: { of: CareerGain }) {
  const words = STRINGS.career;
  const lookNames = (part: keyof typeof words.looks): Readonly<Record<string, string>> => words.looks[part];
  return (
    <div class="gains">
      <Line title={words.gainedMedals}>
        {medals.map(({ medal, tier }) => (
          <li key={medal} class="gain gain-medal">
            {words.medals[medal].name}
            {tier !== null && ` · ${words.tier(tier)}`}
          </li>
        ))}
      </Line>
      <Line title={words.gainedLooks}>
        {looks.map(({ part, name }) => (
          <li key={`${part} ${name}`} class="gain gain-look">
            {words.parts[part]} <strong>{lookNames(part)[name]}</strong>
          </li>
        ))}
      </Line>
      <Line title={words.gainedBests}>
        {bests.map(({ of, value }) => (
          <li key={of} class="gain">
            {words.best[of]} <strong class="figures">{count(value)}</strong>
          </li>
        ))}
      </Line>
      <Line title={words.gainedChallenges}>
        {challenges.map((gain) => (
          <Advanced key={gain.challenge} of={gain} />
        ))}
      </Line>
    </div>
  );
}

function Line({ title, children }: { title: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <div class="gains-line">
      <span class="gains-title">{title}</span>
      <ul>{children}</ul>
    </div>
  );
}

function Advanced({ of: { challenge, progress, goal, xp } }: { of: ChallengeGain }) {
  const words = STRINGS.career;
  return (
    <li class={xp > 0 ? "gain gain-done" : "gain"}>
      {challengeText(challenge, goal)}{" "}
      <strong class="figures">
        {xp > 0
          ? `${words.done} ${words.reward(count(xp))}`
          : words.progress(challengeValue(challenge, progress), challengeValue(challenge, goal))}
      </strong>
    </li>
  );
}
