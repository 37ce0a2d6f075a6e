/** The vote on the next match: a tile for each candidate, with its picture, mode and votes. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { ModeIcon } from "#client/ui/kit/ModeIcon.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { type MatchView, ownVote } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/schema/names.ts";

export function NextVote({ of }: { of: MatchView }) {
  const intents = useIntents();
  return (
    <fieldset class="vote">
      <legend>
        {STRINGS.results.next} <span class="figures">{STRINGS.seconds(Math.max(0, of.secondsLeft))}</span>
        {deviceInUse.value === "pad" && <span class="vote-how">{STRINGS.results.padHow}</span>}
      </legend>
      {of.candidates.map(({ map, mode, votes }, choice) => (
        <Button
          key={`${map} ${mode}`}
          look={ownVote.value === choice ? "primary" : "plain"}
          pressed={ownVote.value === choice}
          onPress={() => intents.vote(choice)}
        >
          {deviceInUse.value === "keys" && (
            <kbd class="vote-key" translate={false}>
              {choice + 1}
            </kbd>
          )}
          <Tile map={map} mode={mode} />
          <span class="vote-count figures">{votes}</span>
        </Button>
      ))}
    </fieldset>
  );
}

/** Shows what is played: the arena's picture, the mode's icon and both names. */
export function Tile({ map, mode }: { map: string; mode: ModeName }) {
  return (
    <>
      <ArenaPicture map={map} isNamed />
      <span class="vote-what">
        <span class="vote-mode">
          <ModeIcon mode={mode} />
          {STRINGS.modes[mode]}
        </span>
        <span class="vote-map" translate={false}>
          {mapTitle(map)}
        </span>
      </span>
    </>
  );
}
