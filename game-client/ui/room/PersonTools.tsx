/** The actions on a person: following and muting for everyone, host actions for the host and co-hosts. */
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { called } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isTeamedNow, TEAMS } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import {
  type ButtonName,
  HOST_ACTION_ROWS,
  type HostAction,
  type HostActionName,
  isInReach,
} from "#shared/protocol/host.ts";
import { RANK } from "#shared/schema/state.ts";
import { closeRoom } from "./closeRoom.ts";
import { isMutedHere, setMutedHere } from "./muting.ts";
import { showOutcome } from "./requestOutcome.ts";
import { mayHost, ownRank, type Person } from "./roomModel.ts";
import { followed, watching } from "./watchModel.ts";

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

interface ToolProps {
  of: Person;
  act(action: HostAction): void;
}

/** Buttons that need more than the action's row: a choice of team, or a state to show. */
const TOOLS: Partial<Record<HostActionName, (props: ToolProps) => preact.ComponentChildren>> = {
  move: MoveTool,
  mute: ({ of: { id: seat, muted }, act }) => (
    <Button look="plain" pressed={muted} onPress={() => act({ do: "mute", seat, muted: !muted })}>
      {muted ? STRINGS.hostActions.unmute : STRINGS.hostActions.mute}
    </Button>
  ),
  cohost: ({ of: { id: seat, rank }, act }) => {
    const isCohost = rank === RANK.cohost;
    return (
      <Button look="plain" pressed={isCohost} onPress={() => act({ do: "cohost", seat, cohost: !isCohost })}>
        {isCohost ? STRINGS.hostActions.notCohost : STRINGS.hostActions.cohost}
      </Button>
    );
  },
};

/** A button for each host action that this player may perform on the person, in the order of HOST_ACTIONS. */
function HostTools({ of: person }: { of: Person }) {
  const intents = useIntents();
  const act = (action: HostAction) => void showOutcome(intents.host(action));
  const names = (Object.keys(HOST_ACTION_ROWS) as HostActionName[]).filter((name) => isOffered(name, person));
  return (
    <>
      {names.map((name) => {
        const Tool = TOOLS[name];
        if (Tool) return <Tool key={name} of={person} act={act} />;
        if (hasButton(name, "plain")) return <PlainTool key={name} name={name} of={person} act={act} />;
        return hasButton(name, "confirm") && <ConfirmTool key={name} name={name} of={person} act={act} />;
      })}
    </>
  );
}

function isOffered(name: HostActionName, person: Person): boolean {
  return ownRank.value >= HOST_ACTION_ROWS[name].by && isInReach(name, person, ownRank.value);
}

function hasButton<const Kind extends "plain" | "confirm">(
  name: HostActionName,
  button: Kind,
): name is ButtonName<Kind> {
  return HOST_ACTION_ROWS[name].button === button;
}

function PlainTool({ name, of: { id: seat }, act }: ToolProps & { name: ButtonName<"plain"> }) {
  return (
    <Button look="plain" onPress={() => act({ do: name, seat })}>
      {STRINGS.hostActions[name]}
    </Button>
  );
}

function ConfirmTool({ name, of: person, act }: ToolProps & { name: ButtonName<"confirm"> }) {
  const { [name]: text, confirm } = STRINGS.hostActions;
  const onYes = () => act({ do: name, seat: person.id });
  return <AskOnce text={text} question={confirm[name](called(person.name))} onYes={onYes} />;
}

function MoveTool({ of: { id: seat, team: now, spectating }, act }: ToolProps) {
  if (!isTeamedNow.value || spectating) return null;
  return (
    <>
      {TEAMS.filter((team) => team !== now).map((team) => (
        <Button key={team} look="plain" onPress={() => act({ do: "move", seat, team })}>
          {STRINGS.hostActions.move(team + 1)}
        </Button>
      ))}
    </>
  );
}
