/** The page of weapons and pickups: what each is for, its figures from the tuning, and a way to try them all. */
import "./weapons.css";
import { chooseName } from "#client/ui/front/NameField.tsx";
import { Pane } from "#client/ui/front/Pane.tsx";
import { WeaponIcon } from "#client/ui/hud/WeaponIcon.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { count, decimal } from "#client/ui/kit/figures.ts";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isSpecial, PICKUP_NAMES, type PickupName, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { PickupIcon } from "./PickupIcon.tsx";
import { pickupGives, pickupName } from "./pickupWords.ts";
import { rangeRequest } from "./range.ts";
import { ShotPattern } from "./ShotPattern.tsx";
import { returnSec, weaponFigures } from "./weaponFigures.ts";

export function Weapons() {
  const words = STRINGS.teach.page;
  return (
    <Pane title={words.title} isRead size="large">
      <div class="pane-body armoury">
        <TryAll />
        <ul class="weapon-cards">
          {(Object.keys(WEAPONS) as WeaponName[]).map((weapon) => (
            <WeaponCard key={weapon} weapon={weapon} />
          ))}
        </ul>
        <h2 class="armoury-title">{words.pickups}</h2>
        <ul class="pickup-rows">
          {PICKUP_NAMES.map((kind) => (
            <PickupRow key={kind} kind={kind} />
          ))}
        </ul>
      </div>
    </Pane>
  );
}

function TryAll() {
  const intents = useIntents();
  return (
    <div class="try-all">
      <p class="pane-note">{STRINGS.teach.range.how}</p>
      <Button look="plain" onPress={() => intents.enter(chooseName(), rangeRequest())}>
        {STRINGS.teach.range.open}
        <PlayIcon />
      </Button>
    </div>
  );
}

function WeaponCard({ weapon }: { weapon: WeaponName }) {
  const words = STRINGS.teach.page;
  const { damage, pellets, rangeTiles, shotsPerSec, shots } = weaponFigures(weapon);
  const least = damage.min === damage.max ? undefined : damage.min;
  return (
    <li class="weapon-card" data-weapon={weapon}>
      <h2 class="armoury-title">
        <WeaponIcon weapon={weapon} />
        {STRINGS.weapons[weapon]}
      </h2>
      <p class="pane-note">{words.uses[weapon]}</p>
      <ShotPattern weapon={weapon} />
      <dl class="weapon-figures">
        <Figure
          name={words.damage}
          value={least === undefined ? times(pellets, damage.max) : `${count(least)}–${count(damage.max)}`}
        />
        <Figure name={words.range} value={words.tiles(decimal(rangeTiles))} />
        <Figure name={words.rate} value={words.perSecond(decimal(shotsPerSec))} />
        <Figure name={words.shots} value={Number.isFinite(shots) ? count(shots) : words.unlimited} />
      </dl>
    </li>
  );
}

const times = (pellets: number, damage: number): string =>
  pellets === 1 ? count(damage) : `${count(pellets)} × ${count(damage)}`;

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="figures">{value}</dd>
    </div>
  );
}

function PickupRow({ kind }: { kind: PickupName }) {
  const words = STRINGS.teach.page;
  return (
    <li class="pickup-row" data-pickup={kind}>
      <PickupIcon kind={kind} />
      <strong>{pickupName(kind)}</strong>
      <span>{isSpecial(kind) ? words.specialGives(pickupGives(kind)) : pickupGives(kind)}</span>
      <span class="pickup-returns">{words.returns(returnSec(kind))}</span>
    </li>
  );
}
