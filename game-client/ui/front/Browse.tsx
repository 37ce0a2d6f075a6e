/** The live list of rooms, with one press to join any of them. */
import { useEffect } from "preact/hooks";
import type { ListedRoom } from "#client/roomDirectory.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { roomList } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { AnyModeSelect } from "./ModeSelect.tsx";
import { Pane } from "./Pane.tsx";
import { RoomRow } from "./RoomRow.tsx";
import { ALL_ROOMS, filterRooms, roomFilter } from "./roomFilter.ts";
import "./browse.css";

export function Browse() {
  const intents = useIntents();
  useEffect(() => intents.watchRooms(), [intents]);
  const list = roomList.value;
  return (
    <Pane title={STRINGS.front.browse} size="large">
      <Filters />
      <div class="pane-body" aria-busy={list.kind !== "live"}>
        {list.kind === "live" ? (
          <Rooms all={list.rooms} pingMs={list.pingMs} />
        ) : (
          <div class="looking">
            <Spinner />
            <p role="status">{STRINGS.front.list[list.kind]}</p>
          </div>
        )}
      </div>
    </Pane>
  );
}

function Filters() {
  const filter = roomFilter.value;
  const words = STRINGS.front.list;
  const set = (change: Partial<typeof filter>) => {
    roomFilter.value = { ...filter, ...change };
  };
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{words.filters}</legend>
      <AnyModeSelect mode={filter.mode} set={(mode) => set({ mode })} />
      <Button look="quiet" pressed={filter.space} onPress={() => set({ space: !filter.space })}>
        {words.space}
      </Button>
      <Button look="quiet" pressed={filter.open} onPress={() => set({ open: !filter.open })}>
        {words.open}
      </Button>
    </fieldset>
  );
}

function Rooms({ all, pingMs }: { all: readonly ListedRoom[]; pingMs: number | undefined }) {
  const shown = filterRooms(all, roomFilter.value);
  return (
    <>
      <p class="visually-hidden" role="status">
        {STRINGS.front.list.count(shown.length)}
      </p>
      {shown.length === 0 ? (
        <NoRooms isFiltered={all.length > 0} />
      ) : (
        <ul class="listings">
          {shown.map((room) => (
            <RoomRow key={room.code} room={room} pingMs={pingMs} />
          ))}
        </ul>
      )}
    </>
  );
}

/** `isFiltered`: there are rooms, but the filters hide all of them. */
function NoRooms({ isFiltered }: { isFiltered: boolean }) {
  const intents = useIntents();
  const words = STRINGS.front.list;
  return (
    <div class="no-rooms">
      <p>{isFiltered ? words.noneFits : words.none}</p>
      <div class="pane-acts">
        <Button look="primary" onPress={() => intents.open({ kind: "host" })}>
          {STRINGS.front.host}
        </Button>
        {isFiltered && (
          <Button
            look="plain"
            onPress={() => {
              roomFilter.value = ALL_ROOMS;
            }}
          >
            {words.showAll}
          </Button>
        )}
      </div>
    </div>
  );
}
