/** The panel's tab with the room's settings: a form for hosts, which sends only changed settings, and a list for everybody else. */
import { useState } from "preact/hooks";
import { chooseMap, errorsIn } from "#client/ui/front/hostDraft.ts";
import { MatchFields, PlayersFields, RoomFields } from "#client/ui/front/SettingsFields.tsx";
import { nameOfSetting, SETTING_NAMES, textOfSetting } from "#client/ui/front/settingWords.ts";
import { useMaps } from "#client/ui/front/useMaps.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { useMapTitle } from "#client/ui/kit/MapName.tsx";
import { DropHere } from "#client/ui/ownArena/DropHere.tsx";
import { useFileDrop } from "#client/ui/ownArena/fileDrop.ts";
import { useBringing } from "#client/ui/ownArena/useBringing.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type RoomSettings, SETTING_ROWS, type SettingName } from "#shared/protocol/roomSettings.ts";
import { showOutcome } from "./requestOutcome.ts";
import { mayHost, room } from "./roomModel.ts";

/** Whether a change waits for the next match. While a match has not begun, changes apply to it. */
const waitsForNextMatch = (name: SettingName) =>
  SETTING_ROWS[name].isForNextMatch === true && match.value?.phase !== "waiting";

export function SettingsTab() {
  const settings = room.value?.settings;
  useMapTitle(settings?.map ?? "");
  if (!settings) return null;
  return mayHost.value ? <SettingsForm settings={settings} /> : <SettingsList settings={settings} />;
}

function SettingsList({ settings }: { settings: RoomSettings }) {
  return (
    <>
      <dl class="setting-list">
        {SETTING_NAMES.map((name) => (
          <div key={name} class="setting-line">
            <dt>{nameOfSetting(name)}</dt>
            <dd>{textOfSetting(settings, name)}</dd>
          </div>
        ))}
      </dl>
      {room.value?.hosted && <p class="dialog-note">{STRINGS.room.settings.onlyHost}</p>}
    </>
  );
}

function SettingsForm({ settings }: { settings: RoomSettings }) {
  const intents = useIntents();
  const [change, setChange] = useState<Partial<RoomSettings>>({});
  const draft = { ...settings, ...change };
  const maps = useMaps(draft.map);
  const errors = errorsIn(draft);
  const changed = SETTING_NAMES.filter((name) => draft[name] !== settings[name]);

  const set = (wanted: RoomSettings) => {
    const names = SETTING_NAMES.filter((name) => wanted[name] !== settings[name]);
    setChange(Object.fromEntries(names.map((name) => [name, wanted[name]])));
  };
  const own = useBringing((offer) => set(chooseMap(draft, offer)));
  const isDropping = useFileDrop(own.bring);
  const save = async (event: Event) => {
    event.preventDefault();
    const isLegal = changed.every((name) => !errors[name]);
    if (isLegal && (await showOutcome(intents.host({ do: "settings", change })))) setChange({});
  };
  const words = STRINGS.front.hostForm;
  const fields = { draft, set, errors };
  return (
    <form class="setting-form field-form" onSubmit={save} noValidate>
      <h2 class="dialog-subtitle">{words.match}</h2>
      <MatchFields {...fields} maps={maps} own={own} />
      <h2 class="dialog-subtitle">{STRINGS.front.players}</h2>
      <PlayersFields {...fields} />
      <h2 class="dialog-subtitle">{words.room}</h2>
      <RoomFields {...fields} />
      {isDropping && <DropHere />}
      {changed.length > 0 && <SaveBar changed={changed} undo={() => setChange({})} />}
    </form>
  );
}

/** The changed settings, by the time at which they take effect. */
function SaveBar({ changed, undo }: { changed: readonly SettingName[]; undo: () => void }) {
  const words = STRINGS.room.settings;
  const parts = [
    { when: words.now, names: changed.filter((name) => !waitsForNextMatch(name)) },
    { when: words.next, names: changed.filter(waitsForNextMatch) },
  ].filter(({ names }) => names.length > 0);
  return (
    <div class="setting-save">
      <dl class="setting-when">
        {parts.map(({ when, names }) => (
          <div key={when}>
            <dt>{when}</dt>
            <dd>{names.map(nameOfSetting).join(", ")}</dd>
          </div>
        ))}
      </dl>
      <Button look="plain" onPress={undo}>
        {words.undo}
      </Button>
      <Button look="primary">{words.save}</Button>
    </div>
  );
}
