/** The live list of rooms, and one press into any of them. */
import { useEffect } from "preact/hooks";
import type { ListedRoom } from "#client/roomDirectory.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/modes/modes.ts";
import { roomList } from "./frontModel.ts";
import { Select } from "./ModeSelect.tsx";
import { Pane } from "./Pane.tsx";
import { RoomRow } from "./RoomRow.tsx";
import { ALL_ROOMS, filterRooms, roomFilter } from "./roomFilter.ts";

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

const ANY = "any";

function Filters() {
  const filter = roomFilter.value;
  const set = (change: Partial<typeof filter>) => {
    roomFilter.value = { ...filter, ...change };
  };
  const modes = Object.keys(STRINGS.modes) as ModeName[];
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{STRINGS.front.list.filters}</legend>
      <Select
        name={STRINGS.front.mode}
        value={filter.mode ?? ANY}
        options={[
          { value: ANY, text: STRINGS.front.anyMode },
          ...modes.map((mode) => ({ value: mode, text: STRINGS.modes[mode] })),
        ]}
        choose={(value) => set({ mode: modes.find((mode) => mode === value) })}
      />
      <Button look="quiet" pressed={filter.space} onPress={() => set({ space: !filter.space })}>
        {STRINGS.front.list.space}
      </Button>
      <Button look="quiet" pressed={filter.open} onPress={() => set({ open: !filter.open })}>
        {STRINGS.front.list.open}
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
        <NoRooms filtered={all.length > 0} />
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

function NoRooms({ filtered }: { filtered: boolean }) {
  const intents = useIntents();
  return (
    <div class="no-rooms">
      <p>{filtered ? STRINGS.front.list.noneFits : STRINGS.front.list.none}</p>
      <div class="pane-acts">
        <Button look="primary" onPress={() => intents.open({ kind: "host" })}>
          {STRINGS.front.host}
        </Button>
        {filtered && (
          <Button
            look="plain"
            onPress={() => {
              roomFilter.value = ALL_ROOMS;
            }}
          >
            {STRINGS.front.list.showAll}
          </Button>
        )}
      </div>
    </div>
  );
}
