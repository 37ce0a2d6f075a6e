/** Who is in the room, what one can do with them, and where oneself is. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { AwayIcon, BotIcon, CohostIcon, CrownIcon, EyeIcon, MoreIcon } from "#client/ui/kit/icons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { RANK } from "#shared/schema/state.ts";
import { told } from "./asking.ts";
import { Invite } from "./Invite.tsx";
import { isMutedHere } from "./muting.ts";
import { OwnPlace } from "./OwnPlace.tsx";
import { PersonTools } from "./PersonTools.tsx";
import { type Person, room } from "./roomModel.ts";

export function PeopleTab() {
  const [opened, setOpened] = useState("");
  const words = STRINGS.room.people;
  const people = room.value?.people ?? [];
  const players = people.filter(({ spectating }) => !spectating);
  const spectators = people.filter(({ spectating }) => spectating);
  const list = (title: string, some: readonly Person[]) => (
    <section aria-label={title}>
      <h2 class="settings-subtitle">
        {title} <span class="figures people-count">{some.length}</span>
      </h2>
      <ul class="people">
        {some.map((person) => (
          <Row
            key={person.id}
            person={person}
            open={opened === person.id}
            onOpen={() => setOpened(opened === person.id ? "" : person.id)}
          />
        ))}
      </ul>
    </section>
  );
  return (
    <>
      <Invite
        onTold={(text) => {
          told.value = text;
        }}
      />
      <OwnPlace />
      {list(words.players, players)}
      {spectators.length > 0 && list(words.spectators, spectators)}
    </>
  );
}

function Row({ person, open, onOpen }: { person: Person; open: boolean; onOpen: () => void }) {
  const words = STRINGS.room.people;
  return (
    <li class={person.connected ? "person" : "person person-away"}>
      <div class="person-line">
        {person.spectating ? <EyeIcon /> : <TeamMark team={person.team} />}
        <span class="person-name">{person.name}</span>
        <Tags of={person} />
        {!person.self && (
          <Button look="icon" label={words.tools(person.name)} expanded={open} onPress={onOpen}>
            <MoreIcon />
          </Button>
        )}
      </div>
      {open && !person.self && <PersonTools of={person} />}
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
