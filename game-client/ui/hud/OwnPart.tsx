/** The player's own part in the match: place, kills, accuracy, streak, and the rivals. */
import { percent } from "#client/ui/kit/figures.ts";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { scores } from "#client/ui/state/model.ts";
import { summary } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PlayerSummary } from "#shared/protocol/messages.ts";
import { ranked } from "./scoreLayout.ts";

/** Nothing for a spectator. */
export function OwnPart() {
  const known = summary.value;
  const line = known ? lineOf(known) : lineInList();
  if (!line) return null;
  return (
    <div class="own-part">
      <p class="own-line">
        <Sentence text={line} />
      </p>
      {known && <Rivals of={known} />}
    </div>
  );
}

const SEPARATOR = " · ";

function lineOf({ place, kills, accuracy, bestStreak }: PlayerSummary): string {
  const words = STRINGS.results;
  const parts = [
    words.place(place),
    words.kills(kills),
    words.hits(percent(accuracy)),
    words.bestStreak(bestStreak),
  ];
  return words.you(parts.join(SEPARATOR));
}

/** The line from the score list, until the server's summary is here. */
function lineInList(): string | undefined {
  const words = STRINGS.results;
  const own = ranked(scores.value).find(({ self }) => self);
  return own && words.you([words.place(own.rank), words.kills(own.kills)].join(SEPARATOR));
}

function Rivals({ of: { nemesis, favourite } }: { of: PlayerSummary }) {
  const words = STRINGS.results;
  const lines = [
    nemesis && words.nemesis(called(nemesis.name), nemesis.times),
    favourite && words.favourite(called(favourite.name), favourite.times),
  ];
  return (
    <>
      {lines.map(
        (line) =>
          line && (
            <p key={line} class="own-rival">
              <Sentence text={line} />
            </p>
          ),
      )}
    </>
  );
}
