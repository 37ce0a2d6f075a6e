/** What can be done with somebody: for oneself, and for who hosts. */
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isTeamedNow } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { RANK } from "#shared/schema/state.ts";
import { AskOnce } from "./AskOnce.tsx";
import { closeRoom } from "./closeRoom.ts";
import { isMutedHere, setMutedHere } from "./muting.ts";
import { showOutcome } from "./requestOutcome.ts";
import { isHost, mayHost, ownRank, type Person } from "./roomModel.ts";
import { followed, watching } from "./watchModel.ts";

const SIDES = [0, 1] as const;

export function PersonTools({ of: person }: { of: Person }) {
  const words = STRINGS.room.tools;
  const isHere = isMutedHere(person);
  return (
    <fieldset class="person-tools room-row" aria-label={STRINGS.room.people.tools(person.name)}>
      {watching.value && !person.spectating && (
        <Button
          look="plain"
          onPress={() => {
            followed.value = person.id;
            closeRoom();
          }}
        >
          {words.follow}
        </Button>
      )}
      {!person.bot && (
        <Button look="plain" pressed={isHere} onPress={() => setMutedHere(person, !isHere)}>
          {isHere ? words.unmuteHere : words.muteHere}
        </Button>
      )}
      {mayHost.value && <HostTools of={person} />}
    </fieldset>
  );
}

/** Co-hosts have no say over the host and each other. */
function HostTools({ of: person }: { of: Person }) {
  const intents = useIntents();
  const tools = STRINGS.hostActions;
  const { id: seat, name } = person;
  const act = (action: HostAction) => void showOutcome(intents.host(action));
  const isBelow = person.rank < ownRank.value;
  return (
    <>
      {isTeamedNow.value &&
        !person.spectating &&
        SIDES.filter((team) => team !== person.team).map((team) => (
          <Button key={team} look="plain" onPress={() => act({ do: "move", seat, team })}>
            {tools.move(team + 1)}
          </Button>
        ))}
      {person.bot && (
        <Button look="plain" onPress={() => act({ do: "removeBot", seat })}>
          {tools.removeBot}
        </Button>
      )}
      {isBelow && !person.bot && (
        <>
          <Button
            look="plain"
            pressed={person.muted}
            onPress={() => act({ do: "mute", seat, muted: !person.muted })}
          >
            {person.muted ? tools.unmute : tools.mute}
          </Button>
          {isHost.value && <Ranks of={person} act={act} />}
          <AskOnce
            text={tools.kick}
            question={tools.confirm.kick(name)}
            onYes={() => act({ do: "kick", seat })}
          />
          <AskOnce
            text={tools.ban}
            question={tools.confirm.ban(name)}
            onYes={() => act({ do: "ban", seat })}
          />
        </>
      )}
    </>
  );
}

/** Only the host says who has a say. */
function Ranks({ of: person, act }: { of: Person; act: (action: HostAction) => void }) {
  const tools = STRINGS.hostActions;
  const { id: seat, name } = person;
  const isCohost = person.rank === RANK.cohost;
  return (
    <>
      <Button look="plain" pressed={isCohost} onPress={() => act({ do: "cohost", seat, cohost: !isCohost })}>
        {isCohost ? tools.notCohost : tools.cohost}
      </Button>
      <AskOnce
        text={tools.handOver}
        question={tools.confirm.handOver(name)}
        onYes={() => act({ do: "handOver", seat })}
      />
    </>
  );
}
