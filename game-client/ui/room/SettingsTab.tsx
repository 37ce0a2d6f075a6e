/** How the room is played: for hosts to change, for everybody to read. Only what was changed is sent. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "#client/ui/Button.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { STRINGS } from "#client/ui/strings.ts";
import {
  NEXT_MATCH_SETTINGS,
  type RoomSettings,
  type SettingName,
  SettingsChange,
} from "#shared/protocol/roomSettings.ts";
import { tellOutcome, told } from "./asking.ts";
import { mayHost, room } from "./roomModel.ts";
import { SettingInput } from "./SettingInput.tsx";
import { SETTING_NAMES, textOfSetting } from "./settingsFields.ts";

const isNext = (name: SettingName) => NEXT_MATCH_SETTINGS.includes(name);
const NEXT = SETTING_NAMES.filter(isNext);
const NOW = SETTING_NAMES.filter((name) => !isNext(name));

export function SettingsTab() {
  const settings = room.value?.settings;
  if (!settings) return null;
  return mayHost.value ? <Editor settings={settings} /> : <Reading settings={settings} />;
}

function Reading({ settings }: { settings: RoomSettings }) {
  const words = STRINGS.room.settings;
  return (
    <>
      <dl class="setting-list">
        {SETTING_NAMES.map((name) => (
          <div key={name} class="setting-line">
            <dt>{words[name]}</dt>
            <dd>{textOfSetting(settings, name)}</dd>
          </div>
        ))}
      </dl>
      {room.value?.hosted && <p class="settings-note">{words.onlyHost}</p>}
    </>
  );
}

function Editor({ settings }: { settings: RoomSettings }) {
  const intents = useIntents();
  const words = STRINGS.room.settings;
  const [draft, setDraft] = useState<Partial<RoomSettings>>({});
  const wanted = { ...settings, ...draft };
  const maps = useMaps(wanted);
  const change = SETTING_NAMES.filter((name) => wanted[name] !== settings[name]);

  const set = (name: SettingName) => (value: string | number | boolean) => {
    const next = { ...draft, [name]: value };
    const fitting = name === "mode" ? maps.of(String(value)) : [];
    if (fitting[0] && !fitting.includes(wanted.map)) next.map = fitting[0];
    setDraft(next);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const wish = Object.fromEntries(change.map((name) => [name, wanted[name]]));
    const parsed = SettingsChange.safeParse(wish);
    if (!parsed.success) told.value = words.badTitle;
    else if (await tellOutcome(intents.host({ do: "settings", change: parsed.data }))) setDraft({});
  };
  const fields = (names: readonly SettingName[], legend: string) => (
    <fieldset class="setting-group">
      <legend class="setting-when">{legend}</legend>
      {names.map((name) => (
        <SettingInput key={name} name={name} settings={wanted} maps={maps.of(wanted.mode)} set={set(name)} />
      ))}
    </fieldset>
  );
  return (
    <form class="setting-form" onSubmit={save}>
      {fields(NEXT, words.next)}
      {fields(NOW, words.now)}
      {change.length > 0 && (
        <div class="setting-save">
          <Button look="plain" onPress={() => setDraft({})}>
            {words.undo}
          </Button>
          <Button look="primary">{words.save}</Button>
          <span class="figures">{words.changes(change.length)}</span>
        </div>
      )}
    </form>
  );
}

/** The server's maps by mode; until they are known, only the one that is set. */
function useMaps({ mode, map }: RoomSettings) {
  const intents = useIntents();
  const [offers, setOffers] = useState<Awaited<ReturnType<typeof intents.listMaps>>>([]);
  useEffect(() => {
    intents.listMaps().then(setOffers, () => {});
  }, [intents]);
  return {
    of(wanted: string): readonly string[] {
      const fitting = offers
        .filter(({ modes }) => modes.some((each) => each === wanted))
        .map(({ name }) => name);
      return fitting.length > 0 || wanted !== mode ? fitting : [map];
    },
  };
}
