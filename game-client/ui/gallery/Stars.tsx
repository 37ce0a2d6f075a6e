/** Ratings: as a number of stars to read, and as a choice of one to five. */
import { useId } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { decimal } from "#client/ui/kit/figures.ts";
import { StarIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";

export function Rating({ of: { stars, ratings } }: { of: Pick<PublishedArena, "stars" | "ratings"> }) {
  const words = STRINGS.gallery;
  if (ratings === 0) return <span class="rating">{words.unrated}</span>;
  return (
    <span class="rating figures">
      <StarIcon />
      <span aria-hidden="true">{`${decimal(stars)} (${ratings})`}</span>
      <span class="visually-hidden">{words.rated(decimal(stars), ratings)}</span>
    </span>
  );
}

const STARS = [1, 2, 3, 4, 5] as const;

interface StarChoiceProps {
  /** 0: none yet. */
  value: number;
  set(stars: number): void;
}

/** A radio group: arrow keys move, and every star up to the chosen one is lit. */
export function StarChoice({ value, set }: StarChoiceProps) {
  const group = useId();
  const words = STRINGS.gallery;
  return (
    <fieldset class="star-choice">
      <legend class="field-name">{words.yours}</legend>
      <div class="star-choice-row">
        {STARS.map((stars) => (
          <label key={stars} class="star-option" title={words.star(stars)}>
            <input
              type="radio"
              name={group}
              value={stars}
              checked={value === stars}
              onChange={() => set(stars)}
            />
            <StarIcon isFull={stars <= value} />
            <span class="visually-hidden">{words.star(stars)}</span>
          </label>
        ))}
        {value > 0 && (
          <Button look="quiet" onPress={() => set(0)}>
            {words.takeBack}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
