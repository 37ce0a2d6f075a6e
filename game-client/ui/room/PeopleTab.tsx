/** The panel's tab with the invitation, the player's own place, and everybody in the room. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { MoreIcon } from "#client/ui/kit/icons.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import {
  AccountMark,
  AwayIcon,
  BotIcon,
  CohostIcon,
  CrownIcon,
  EyeIcon,
} from "#client/ui/kit/peopleIcons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isTeamedNow, TEAMS } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PlaceMessage } from "#shared/protocol/messages.ts";
import { RANK } from "#shared/schema/state.ts";
import { Invite } from "./Invite.tsx";
import { isMutedHere } from "./muting.ts";
import { PersonTools } from "./PersonTools.tsx";
import { panelNotice, showOutcome } from "./requestOutcome.ts";
import { ownSeat, type Person, room } from "./roomModel.ts";

export function PeopleTab() {
  const [openedId, setOpenedId] = useState("");
  const words = STRINGS.room.people;
  const people = room.value?.people ?? [];
  const players = people.filter(({ spectating }) => !spectating);
  const spectators = people.filter(({ spectating }) => spectating);
  const list = (title: string, persons: readonly Person[]) => (
    <section aria-label={title}>
      <h2 class="dialog-subtitle">
        {title} <span class="figures people-count">{persons.length}</span>
      </h2>
      <ul class="people">
        {persons.map((person) => (
          <Row
            key={person.id}
            person={person}
            isOpen={openedId === person.id}
            toggle={() => setOpenedId(openedId === person.id ? "" : person.id)}
          />
        ))}
      </ul>
    </section>
  );
  return (
    <>
      <Invite
        notify={(text) => {
          panelNotice.value = text;
        }}
      />
      <OwnPlace />
      {list(words.players, players)}
      {spectators.length > 0 && list(words.spectators, spectators)}
    </>
  );
}

/** Where this player may go: to play, to watch, and to a side if players choose their own. */
function OwnPlace() {
  const intents = useIntents();
  const self = ownSeat.value;
  const settings = room.value?.settings;
  if (!self || !settings) return null;
  const words = STRINGS.room.place;
  const mayWatch = !self.spectating && settings.spectating !== "off";
  const mayChooseSide = isTeamedNow.value && settings.teamChoice === "own";
  if (!self.spectating && !mayChooseSide && !mayWatch) return null;
  const go = (place: PlaceMessage) => void showOutcome(intents.place(place));
  return (
    <fieldset class="room-row" aria-label={words.title}>
      {self.spectating && (
        <Button look="plain" onPress={() => go({ to: "players" })}>
          {words.play}
        </Button>
      )}
      {mayChooseSide &&
        TEAMS.filter((team) => self.spectating || team !== self.team).map((team) => (
          <Button key={team} look="plain" onPress={() => go({ to: "players", team })}>
            <TeamMark team={team} />
            {words.side(team + 1)}
          </Button>
        ))}
      {mayWatch && (
        <Button look="plain" onPress={() => go({ to: "spectators" })}>
          {words.watch}
        </Button>
      )}
    </fieldset>
  );
}

interface RowProps {
  person: Person;
  /** Whether its tools are shown. */
  isOpen: boolean;
  toggle(): void;
}

function Row({ person, isOpen, toggle }: RowProps) {
  const words = STRINGS.room.people;
  return (
    <li class={person.connected ? "person" : "person person-away"}>
      <div class="person-line">
        {person.spectating ? <EyeIcon /> : <TeamMark team={person.team} />}
        <span class="person-name" translate={false}>
          {person.account ? (
            <PageLink to={{ kind: "player", name: person.name }} isOutside>
              {person.name}
            </PageLink>
          ) : (
            person.name
          )}
        </span>
        {person.account && <AccountMark />}
        <Tags of={person} />
        {!person.self && (
          <Button look="icon" label={words.tools(person.name)} expanded={isOpen} onPress={toggle}>
            <MoreIcon />
          </Button>
        )}
      </div>
      {isOpen && !person.self && <PersonTools of={person} />}
    </li>
  );
}

function Tags({ of: person }: { of: Person }) {
  const words = STRINGS.room.people;
  return (
    <>
      {person.rank === RANK.host && (
        <span class="person-tag person-rank">
          <CrownIcon />
          {words.host}
        </span>
      )}
      {person.rank === RANK.cohost && (
        <span class="person-tag person-rank">
          <CohostIcon />
          {words.cohost}
        </span>
      )}
      {person.self && <span class="person-tag">{STRINGS.scores.you}</span>}
      {person.bot && (
        <span class="person-tag">
          <BotIcon />
          {STRINGS.scores.bot}
        </span>
      )}
      {!person.connected && (
        <span class="person-tag">
          <AwayIcon />
          {STRINGS.scores.away}
        </span>
      )}
      {person.muted && <span class="person-tag">{words.muted}</span>}
      {isMutedHere(person) && <span class="person-tag">{words.mutedHere}</span>}
    </>
  );
}
