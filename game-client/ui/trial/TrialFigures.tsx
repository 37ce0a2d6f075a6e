/** The figures of a trial: wins of the sides with their interval, kills by weapon, and single numbers. */
import { teamHue } from "#client/palette.ts";
import { WeaponIcon } from "#client/ui/hud/WeaponIcon.tsx";
import { count, decimal, percent } from "#client/ui/kit/figures.ts";
import { TeamShape } from "#client/ui/kit/TeamMark.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { median, sum } from "#shared/figures/stats.ts";
import { wilson } from "#shared/trial/certainty.ts";
import { type Trial, WEAPON_NAMES } from "#shared/trial/trial.ts";
import { sideName } from "./trialText.ts";

const SIDES = [0, 1] as const;

/** Wins of both sides as one bar, and the interval in which the first side's true share lies. */
export function SidesBar({ trial: { wins, draws } }: { trial: Trial }) {
  const words = STRINGS.trial;
  const of = wins[0] + wins[1];
  const { share, from, to } = wilson(wins[0], of);
  return (
    <section class="trial-part">
      <h2 class="trial-subtitle">{words.wins}</h2>
      <p class="trial-sides">
        {SIDES.map((side) => (
          <span key={side} class="figures">
            <TeamShape team={side} hue={teamHue(side)} /> {sideName(side)}{" "}
            <strong>{count(wins[side])}</strong>
          </span>
        ))}
        <span class="figures trial-quiet">{words.drawn(draws)}</span>
      </p>
      <div class="trial-bar" aria-hidden="true">
        {SIDES.map((side) => (
          <span key={side} style={{ flexGrow: wins[side], background: teamHue(side) }} />
        ))}
        {of > 0 && <i class="trial-half" />}
        {of > 0 && (
          <i class="trial-interval" style={{ left: `${from * 100}%`, right: `${(1 - to) * 100}%` }} />
        )}
      </div>
      {of > 0 && <p class="trial-quiet">{words.interval(percent(share), percent(from), percent(to))}</p>}
    </section>
  );
}

export function WeaponBars({ trial: { killsByWeapon } }: { trial: Trial }) {
  const words = STRINGS.trial;
  const kills = Math.max(1, sum(Object.values(killsByWeapon)));
  return (
    <section class="trial-part">
      <h2 class="trial-subtitle">{words.weapons}</h2>
      <ul class="trial-weapons">
        {WEAPON_NAMES.map((weapon) => {
          const share = killsByWeapon[weapon] / kills;
          return (
            <li key={weapon}>
              <span class="weapon-name">
                <WeaponIcon weapon={weapon} />
                {STRINGS.weapons[weapon]}
              </span>
              <span class="trial-track" aria-hidden="true">
                <span style={{ width: `${share * 100}%` }} />
              </span>
              <span class="figures">{percent(share)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function SmallFigures({ trial }: { trial: Trial }) {
  const words = STRINGS.trial;
  const spawns = sum(trial.spawns.map((point) => point.spawns));
  const seconds = (value: number) => words.seconds(decimal(value));
  const minutes = trial.ticks / TICKS_PER_SEC / 60;
  const rows: readonly (readonly [name: string, value: string])[] = [
    [words.figures.played, words.minutes(count(minutes))],
    [words.figures.contact, seconds(median(trial.contactSec))],
    [words.figures.kill, trial.killSec.length > 0 ? seconds(median(trial.killSec)) : "–"],
    [words.figures.spawnDeaths, percent(sum(trial.heat.spawnDeaths) / Math.max(1, spawns))],
    [words.figures.stuck, count(sum(trial.heat.stuck))],
  ];
  return (
    <dl class="trial-figures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
