/** A room's row in the list. */
import type { ComponentChildren } from "preact";
import type { ListedRoom } from "#client/roomDirectory.ts";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { LockIcon } from "#client/ui/kit/icons.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { CrownIcon } from "#client/ui/kit/peopleIcons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { chooseName } from "./NameField.tsx";
import { PlayerCount, roomTitle } from "./RoomFacts.tsx";
import { hasSpace } from "./roomFilter.ts";

interface RoomRowProps {
  room: ListedRoom;
  /** Round trip to the server, which runs all the rooms. */
  pingMs: number | undefined;
}

export function RoomRow({ room, pingMs }: RoomRowProps) {
  return (
    <li class="row-card listing">
      <ArenaPicture map={room.map} isNamed />
      <div class="row-card-what">
        <h2 class="row-card-title listing-title">
          {room.hosted && (
            <Mark text={STRINGS.front.list.hosted}>
              <CrownIcon />
            </Mark>
          )}
          <span translate={false}>{roomTitle(room)}</span>
          {room.password && (
            <Mark text={STRINGS.front.password}>
              <LockIcon />
            </Mark>
          )}
        </h2>
        <p class="listing-how">
          {STRINGS.modes[room.mode]} · <MapName map={room.map} title={room.mapTitle} />
          {pingMs !== undefined && (
            <>
              {" · "}
              <span class="listing-ping figures">
                {pingMs} {STRINGS.pingUnit}
              </span>
            </>
          )}
        </p>
      </div>
      <p class="listing-players figures">
        <span class="visually-hidden">{STRINGS.front.players} </span>
        <PlayerCount of={room} />
      </p>
      <QuickJoin room={room} />
    </li>
  );
}

function Mark({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <span class="listing-mark" title={text}>
      {children}
      <span class="visually-hidden">{text}</span>
    </span>
  );
}

/** Joins at once, or as a spectator if the room is full; opens the door of a room with a password. */
function QuickJoin({ room }: { room: ListedRoom }) {
  const intents = useIntents();
  const { gate } = STRINGS.front;
  const { code, locked, password } = room;
  if (locked) return <p class="listing-state">{STRINGS.front.list.locked}</p>;
  const isFull = !hasSpace(room);
  if (isFull && room.spectating === "off") return <p class="listing-state">{STRINGS.front.list.full}</p>;
  const press = () =>
    password
      ? intents.open({ kind: "gate", code })
      : intents.enter(chooseName(), { kind: "code", code, password: "", spectate: isFull });
  return (
    <Button look="plain" onPress={press}>
      {isFull ? gate.watch : gate.join}
      <span class="visually-hidden"> {roomTitle(room)}</span>
    </Button>
  );
}
