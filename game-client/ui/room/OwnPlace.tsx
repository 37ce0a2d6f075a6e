/** Where oneself is: watching, playing, and on which side, where that is one's own choice. */
import { Button } from "#client/ui/kit/Button.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import { tellOutcome } from "./asking.ts";
import { ownSeat, room } from "./roomModel.ts";

const SIDES = [0, 1] as const;

export function OwnPlace() {
  const intents = useIntents();
  const self = ownSeat.value;
  const settings = room.value?.settings;
  if (!self || !settings) return null;
  const words = STRINGS.room.place;
  const mayChooseSide = isTeamedNow() && settings.teamChoice === "own";
  const isTidy = !self.spectating && !mayChooseSide && settings.spectating === "off";
  if (isTidy) return null;
  return (
    <fieldset class="room-row" aria-label={words.title}>
      {self.spectating && (
        <Button look="plain" onPress={() => void tellOutcome(intents.place({ to: "players" }))}>
          {words.play}
        </Button>
      )}
      {mayChooseSide &&
        SIDES.filter((team) => self.spectating || team !== self.team).map((team) => (
          <Button
            key={team}
            look="plain"
            onPress={() => void tellOutcome(intents.place({ to: "players", team }))}
          >
            <TeamMark team={team} />
            {words.side(team + 1)}
          </Button>
        ))}
      {!self.spectating && settings.spectating !== "off" && (
        <Button look="plain" onPress={() => void tellOutcome(intents.place({ to: "spectators" }))}>
          {words.watch}
        </Button>
      )}
    </fieldset>
  );
}

/** In the match that is played now. */
export const isTeamedNow = (): boolean => match.value !== undefined && isTeamMode(match.value.mode);
