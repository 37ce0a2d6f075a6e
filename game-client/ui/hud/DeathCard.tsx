/** Explains how the player was destroyed, and counts down to the respawn. */
import { teamHue } from "#client/palette.ts";
import { around, called, Sentence, unmarked } from "#client/ui/kit/Sentence.tsx";
import { type Attacker, type Death, death } from "#client/ui/state/fight.ts";
import { life } from "#client/ui/state/model.ts";
import { language, STRINGS } from "#client/ui/strings/strings.ts";
import { WeaponIcon } from "./WeaponIcon.tsx";

/** More attackers than these are summed up by the first line's number. */
const ATTACKERS_SHOWN = 3;

/** The live region exists before its text: screen readers announce changes only of a region that they know. */
export function DeathCard() {
  const now = life.value;
  const how = death.value;
  const isShown = now.kind === "destroyed";
  return (
    <>
      <p class="visually-hidden" role="status">
        {isShown && how ? spoken(how) : ""}
      </p>
      {isShown && (
        <section class="death glass" aria-label={STRINGS.respawn.destroyed}>
          {how ? <How of={how} /> : <p class="death-by">{STRINGS.respawn.destroyed}</p>}
          <Countdown seconds={Math.ceil(now.respawnInSec)} />
        </section>
      )}
    </>
  );
}

function spoken({ killer, weapon, attackers }: Death): string {
  const words = STRINGS.fight.death;
  const by = words.spoken(killer.name, STRINGS.weapons[weapon]);
  const [first] = attackers;
  return first ? `${by} ${unmarked(damageText(first))}` : by;
}

function How({ of: { killer, weapon, attackers, killerLeft, tip } }: { of: Death }) {
  const words = STRINGS.fight.death;
  const isOneToOne = attackers.length <= 1;
  return (
    <>
      <p class="death-by">{killer.name ? STRINGS.respawn.destroyedBy : STRINGS.respawn.destroyed}</p>
      <p class="death-killer">
        <bdi class="death-name" translate={false} style={{ color: teamHue(killer.team) }}>
          {killer.name}
        </bdi>
        <span class="death-weapon">
          <WeaponIcon weapon={weapon} />
          {STRINGS.weapons[weapon]}
        </span>
      </p>
      <ul class="death-damage">
        {attackers.slice(0, ATTACKERS_SHOWN).map((attacker) => (
          <li key={attacker.id}>
            {!isOneToOne && (
              <bdi class="death-from" translate={false} style={{ color: teamHue(attacker.team) }}>
                {attacker.name}
              </bdi>
            )}
            <span class="figures">{damageText(attacker)}</span>
          </li>
        ))}
      </ul>
      {killerLeft !== undefined && killer.name && (
        <p class="death-left">
          <Sentence
            text={
              killerLeft > 0
                ? words.left(called(killer.name), killerLeft)
                : words.bothGone(called(killer.name))
            }
          />
        </p>
      )}
      {tip && (
        <p class="death-tip">
          <strong>{words.tip}</strong> {words.tips[tip]}
        </p>
      )}
    </>
  );
}

/** "84: Rail gun 60, Blaster 24". */
function damageText({ damage, byWeapon }: Attacker): string {
  const parts = byWeapon.map((part) => `${STRINGS.weapons[part.weapon]} ${part.damage}`);
  const list = new Intl.ListFormat(language.value, { type: "unit", style: "short" }).format(parts);
  return STRINGS.fight.death.damage(damage, list);
}

function Countdown({ seconds }: { seconds: number }) {
  const words = STRINGS.respawn;
  if (seconds <= 0) return <p class="death-in">{words.now}</p>;
  const [before, after] = around(words.backIn(called(String(seconds))));
  return (
    <p class="death-in">
      {before}
      <strong key={seconds} class="death-count figures">
        {seconds}
      </strong>
      {after}
    </p>
  );
}
