/** Medals: those that are earned, with how often or which tier, and those to be earned, with how. */
import { count } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { kindOf, MEDAL_NAMES, type MedalName, tiersOf } from "#shared/career/medals.ts";
import type { MedalCount } from "#shared/protocol/progress.ts";

interface MedalsProps {
  of: readonly MedalCount[];
  /** How far the medals of a lifetime are. Given for the own career, which shows all of them. */
  lifetime?: Partial<Record<MedalName, number>>;
}

export function Medals({ of, lifetime }: MedalsProps) {
  const counts = new Map(of.map(({ medal, count: times }) => [medal, times]));
  const shown = lifetime ? MEDAL_NAMES : MEDAL_NAMES.filter((name) => counts.has(name));
  return (
    <ul class="medal-grid">
      {shown.map((name) => (
        <Medal key={name} name={name} times={counts.get(name) ?? 0} value={lifetime?.[name]} />
      ))}
    </ul>
  );
}

function Medal({ name, times, value }: { name: MedalName; times: number; value: number | undefined }) {
  const words = STRINGS.career;
  const { name: title, how } = words.medals[name];
  const next = tiersOf(name)[times];
  return (
    <li class={times > 0 ? "medal medal-earned" : "medal"}>
      <MedalPicture isEarned={times > 0} />
      <div>
        <p class="medal-name">
          {title} <Times name={name} times={times} />
        </p>
        <p class="medal-how">
          {how}
          {value !== undefined && next !== undefined && (
            <span class="medal-next figures">{words.next(count(value), count(next))}</span>
          )}
        </p>
        {times === 0 && <span class="visually-hidden">{words.notYet}</span>}
      </div>
    </li>
  );
}

function Times({ name, times }: { name: MedalName; times: number }) {
  if (times === 0) return null;
  if (kindOf(name) === "lifetime") return <strong class="medal-times">{STRINGS.career.tier(times)}</strong>;
  return (
    <strong class="medal-times figures">
      <span aria-hidden="true">× {count(times)}</span>
      <span class="visually-hidden">{STRINGS.progress.profile.times(count(times))}</span>
    </strong>
  );
}

/** Filled with a star when it is earned, else an empty outline. */
function MedalPicture({ isEarned = true }: { isEarned?: boolean }) {
  return (
    <svg
      class={isEarned ? "medal-picture" : "medal-picture medal-empty"}
      viewBox="0 0 32 40"
      aria-hidden="true"
    >
      <path class="medal-ribbon" d="M9 1H23L20 16H12Z" />
      <circle class="medal-disc" cx="16" cy="26" r="12" />
      {isEarned && (
        <path
          class="medal-star"
          d="M16 17.500 18.400 23 24.300 23.500 19.800 27.400 21.200 33.200 16 30.100 10.800 33.200 12.200 27.400 7.700 23.500 13.600 23Z"
        />
      )}
    </svg>
  );
}
