/** The room's panel: people and invitation, settings, and for hosts the match. */
import { useEffect } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { keepFocusInside, useModal } from "#client/ui/kit/modal.ts";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { Tabs } from "#client/ui/kit/Tabs.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { closeRoom } from "./closeRoom.ts";
import { MatchTab } from "./MatchTab.tsx";
import { PeopleTab } from "./PeopleTab.tsx";
import { panelNotice } from "./requestOutcome.ts";
import { mayHost, room, roomOpen } from "./roomModel.ts";
import { SettingsTab } from "./SettingsTab.tsx";
import "./roomDialog.css";

export function RoomDialog() {
  const dialog = useModal("[role=tab][aria-selected=true]");
  useEffect(() => {
    panelNotice.value = "";
  }, []);
  const words = STRINGS.room;
  const tabs = [
    { id: "people", name: words.tabs.people, content: <PeopleTab /> },
    ...(mayHost.value ? [{ id: "match", name: words.tabs.match, content: <MatchTab /> }] : []),
    { id: "rules", name: words.tabs.settings, content: <SettingsTab /> },
  ];
  return (
    <dialog
      ref={dialog}
      id="room"
      class="dialog room-dialog glass"
      aria-labelledby="room-title"
      onKeyDown={keepFocusInside}
      onClose={() => {
        roomOpen.value = false;
      }}
    >
      <header class="dialog-head">
        <h1 id="room-title" class="dialog-title">
          <Sentence text={words.title(called(room.value?.code ?? ""))} />
        </h1>
        <Button look="icon" label={words.close} onPress={closeRoom}>
          <CloseIcon />
        </Button>
      </header>
      <Tabs label={words.open} tabs={tabs} />
      <p class={panelNotice.value ? "dialog-notice" : "visually-hidden"} role="status">
        <Sentence text={panelNotice.value} />
      </p>
    </dialog>
  );
}
