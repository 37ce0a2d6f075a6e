/** The page on which players choose what they wear; a locked look says how to get it. */
import { useTask } from "#client/ui/account/task.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { LockIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { LOOK_PARTS, LOOKS, type Look, type LookPart, packLook, unpackLook } from "#shared/career/looks.ts";
import { kindOf } from "#shared/career/medals.ts";
import { type Unlock, unlockOf } from "#shared/career/unlocks.ts";
import type { Me } from "#shared/protocol/progress.ts";
import { EmblemPicture, HullPicture } from "./LookPreview.tsx";

export function Wardrobe({ of }: { of: Me }) {
  const { lasting } = useIntents();
  const task = useTask();
  const look = unpackLook(of.career.look);
  const wear = (part: LookPart, name: string) =>
    void task.run(
      async () => {
        me.value = await lasting.chooseLook(packLook({ ...look, [part]: name } as Look));
      },
      { refused: STRINGS.career.failed },
    );
  return (
    <div class="wardrobe" aria-busy={task.isBusy}>
      <Worn look={look} name={of.name} />
      {LOOK_PARTS.map((part) => (
        <Rail
          key={part}
          part={part}
          worn={look[part]}
          owned={of.career.owned[part]}
          wear={(name) => wear(part, name)}
        />
      ))}
      <p class="page-quiet" role="status">
        {task.failure || STRINGS.career.applies}
      </p>
    </div>
  );
}

function Worn({ look, name }: { look: Look; name: string | null }) {
  const words = STRINGS.career;
  return (
    <figure class="worn" aria-label={words.preview}>
      <HullPicture pattern={look.pattern} />
      <figcaption>
        <span class="worn-name">
          {look.emblem !== "plain" && <EmblemPicture emblem={look.emblem} />}
          {name && <span translate={false}>{name}</span>}
        </span>
        {look.title !== "plain" && <span class="worn-title">{words.looks.title[look.title]}</span>}
      </figcaption>
    </figure>
  );
}

interface RailProps {
  part: LookPart;
  worn: string;
  owned: readonly string[];
  wear(name: string): void;
}

function Rail({ part, worn, owned, wear }: RailProps) {
  const names: Readonly<Record<string, string>> = STRINGS.career.looks[part];
  return (
    <fieldset class="look-rail">
      <legend>{STRINGS.career.parts[part]}</legend>
      <ul>
        {LOOKS[part].map((name) => (
          <li key={name} class="look-place">
            {owned.includes(name) ? (
              <Button look="plain" pressed={worn === name} onPress={() => wear(name)}>
                <Picture part={part} name={name} />
                <span>{names[name]}</span>
              </Button>
            ) : (
              <div class="look-locked">
                <Picture part={part} name={name} />
                <span class="look-locked-name">
                  <LockIcon />
                  <span class="visually-hidden">{STRINGS.career.locked}</span>
                  {names[name]}
                </span>
                <span class="look-how">{howTo(unlockOf(part, name))}</span>
              </div>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Picture({ part, name }: { part: LookPart; name: string }) {
  if (part === "pattern") return <HullPicture pattern={name as Look["pattern"]} />;
  if (part === "emblem" && name !== "plain") return <EmblemPicture emblem={name as Look["emblem"]} />;
  return null;
}

function howTo(unlock: Unlock): string {
  const { unlocks, medals } = STRINGS.career;
  if (unlock.by === "free") return unlocks.free;
  if (unlock.by === "level") return unlocks.level(count(unlock.level));
  if (unlock.by === "medals") return unlocks.medals(count(unlock.count));
  if (unlock.by === "challenges") return unlocks.challenges(count(unlock.count), unlock.count === 1);
  const { name } = medals[unlock.medal];
  if (kindOf(unlock.medal) === "lifetime") return unlocks.medalTier(name, count(unlock.tier));
  return unlock.tier === 1 ? unlocks.medal(name) : unlocks.medalTimes(name, count(unlock.tier));
}
