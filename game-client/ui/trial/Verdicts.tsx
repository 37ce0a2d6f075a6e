/** The verdicts of a trial: one light for the arena, and a list of what to change. A press shows the places on the map. */
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type Light, lightOf, type Verdict, type VerdictCode } from "#shared/trial/verdict.ts";
import { verdictText } from "./trialText.ts";

interface VerdictsProps {
  verdicts: readonly Verdict[];
  shown: VerdictCode | undefined;
  show(verdict: Verdict | undefined): void;
}

export function Verdicts({ verdicts, shown, show }: VerdictsProps) {
  const light = lightOf(verdicts);
  const { title, how } = STRINGS.trial.lights[light];
  return (
    <section class="trial-verdicts">
      <p class={`trial-light trial-light-${light}`}>
        <LightIcon light={light} />
        <span>
          <strong>{title}</strong> {how}
        </span>
      </p>
      <ul>
        {verdicts.map((verdict) => (
          <li key={verdict.code}>
            <VerdictButton {...{ verdict, shown, show }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface VerdictButtonProps extends Omit<VerdictsProps, "verdicts"> {
  verdict: Verdict;
}

function VerdictButton({ verdict, shown, show }: VerdictButtonProps) {
  const intents = useIntents();
  const isShown = shown === verdict.code;
  const { found, advice } = verdictText(verdict);
  const body = (
    <>
      <span class="visually-hidden">{STRINGS.trial.severities[verdict.severity]} </span>
      <span class="trial-found">{found}</span>
      <span class="trial-advice">{advice}</span>
    </>
  );
  const look = `trial-verdict trial-verdict-${verdict.severity}`;
  if (verdict.places.length === 0) return <p class={look}>{body}</p>;
  return (
    <button
      type="button"
      class={look}
      aria-pressed={isShown}
      onClick={() => {
        intents.pressed();
        show(isShown ? undefined : verdict);
      }}
    >
      {body}
      <span class="trial-show">{STRINGS.trial.show}</span>
    </button>
  );
}

/** A tick, a scale that leans, a cross: the shape says it without the colour. */
const LIGHT_PATHS: Readonly<Record<Light, string>> = {
  fair: "M4 12.500 9.500 18 20 6",
  uneven: "M12 4V20M8 20H16M4 8 20 11M2 14 4 8 6.500 14ZM17.500 17 20 11 22 17Z",
  needsWork: "M6 6 18 18M18 6 6 18",
};

function LightIcon({ light }: { light: Light }) {
  return (
    <svg class="icon trial-light-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={LIGHT_PATHS[light]} />
    </svg>
  );
}
