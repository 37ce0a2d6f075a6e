/** The form fields of a room's settings, built from their table in shared/protocol/roomSettings.ts. */
import { Amount, Choice, Switch, TextField } from "#client/ui/kit/fields.tsx";
import { OwnArena } from "#client/ui/ownArena/OwnArena.tsx";
import type { BringingActs } from "#client/ui/ownArena/useBringing.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { TITLE_MAX_CHARS } from "#shared/config.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import {
  mayHaveTeams,
  type RoomSettings,
  SETTING_ROWS,
  type SettingControl,
  type SettingName,
  type SettingRow,
} from "#shared/protocol/roomSettings.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { chooseMap, type DraftErrors, fitMap, offeredFor } from "./hostDraft.ts";
import { MapChoice } from "./MapChoice.tsx";
import { settingsIn, textOfChoice, unitOf } from "./settingWords.ts";

export interface SettingsFieldsProps {
  draft: RoomSettings;
  set(draft: RoomSettings): void;
  errors: DraftErrors;
  /** The maps that the server offers, and those that people have brought. */
  maps?: readonly MapOffer[];
  /** Brings the host's own files. */
  own?: BringingActs;
}

export const MatchFields = (props: SettingsFieldsProps) => <Fields {...props} part="match" />;

export const PlayersFields = (props: SettingsFieldsProps) => <Fields {...props} part="players" />;

interface RoomFieldsProps extends SettingsFieldsProps {
  /** The password of a new room, which is not a setting. */
  password?: string;
  setPassword?: (password: string) => void;
}

export function RoomFields({ password = "", setPassword, ...props }: RoomFieldsProps) {
  return (
    <>
      <Fields {...props} part="title" />
      {setPassword && (
        <TextField
          name={STRINGS.front.password}
          value={password}
          set={setPassword}
          maxLength={64}
          placeholder={STRINGS.front.hostForm.noPassword}
        />
      )}
      <Fields {...props} part="room" />
    </>
  );
}

function Fields({ part, ...props }: SettingsFieldsProps & { part: SettingRow["part"] }) {
  const names = settingsIn(part).filter(
    (name) => !SETTING_ROWS[name].isForTeams || mayHaveTeams(props.draft),
  );
  return (
    <>
      {names.map((name) => (
        <Field key={name} {...props} name={name} />
      ))}
    </>
  );
}

interface FieldProps extends SettingsFieldsProps {
  name: SettingName;
}

function Field({ name, ...props }: FieldProps) {
  const { draft, set } = props;
  const { control } = SETTING_ROWS[name];
  const label = STRINGS.roomSettings.labels[name];
  const setValue = (value: string | number | boolean) => set({ ...draft, [name]: value });
  switch (control.kind) {
    case "switch":
      return <Switch name={label} on={draft[name] === true} set={setValue} />;
    case "amount":
      return <AmountField {...props} name={name} control={control} set={setValue} />;
    case "choice": {
      const options = control.values.map((value) => ({ value, text: textOfChoice(name, value) }));
      return (
        <Choice look="chips" name={label} value={String(draft[name])} set={setValue} options={options} />
      );
    }
    case "title":
      return (
        <TextField
          name={label}
          value={draft.title}
          set={setValue}
          maxLength={TITLE_MAX_CHARS}
          placeholder={STRINGS.roomSettings.titleByYou}
        />
      );
    case "mode":
      return <ModeField {...props} />;
    case "map":
      return <MapField {...props} />;
  }
}

interface AmountFieldProps {
  name: SettingName;
  draft: RoomSettings;
  errors: DraftErrors;
  control: Extract<SettingControl, { kind: "amount" }>;
  set(value: number): void;
}

function AmountField({ name, draft, errors, control, set }: AmountFieldProps) {
  const { min, max, step, isByModeAtZero } = control;
  const words = STRINGS.roomSettings;
  return (
    <Amount
      name={words.labels[name]}
      value={Number(draft[name])}
      set={set}
      min={isByModeAtZero ? 0 : min}
      max={max}
      {...(step !== undefined && { step })}
      unit={unitOf(name, draft)}
      error={errors[name] && words.range(min, max)}
    />
  );
}

/** A mode that the chosen map is not made for selects another map. */
function ModeField({ draft, set, maps = [] }: SettingsFieldsProps) {
  return (
    <Choice
      look="chips"
      name={STRINGS.roomSettings.labels.mode}
      value={draft.mode}
      set={(mode) => set(fitMap({ ...draft, mode }, maps))}
      options={MODE_NAMES.map((value) => ({ value, text: STRINGS.modes[value] }))}
    />
  );
}

/** The maps made for the mode, and all that people have brought; nothing while the list of maps is not loaded. */
function MapField({ draft, set, maps = [], own }: SettingsFieldsProps) {
  const offered = offeredFor(draft, maps);
  if (offered.length === 0) return null;
  const choose = (offer: MapOffer) => set(chooseMap(draft, offer));
  return (
    <>
      <MapChoice
        name={STRINGS.roomSettings.labels.map}
        value={draft.map}
        set={choose}
        maps={offered}
        places={draft.players}
      />
      {own && (
        <OwnArena
          own={own}
          value={draft.map}
          choose={choose}
          lose={(map) =>
            set(
              fitMap(
                draft,
                maps.filter(({ name }) => name !== map),
              ),
            )
          }
        />
      )}
    </>
  );
}
