/** One setting of a room, to be set. */
import { useId } from "preact/hooks";
import { Switch } from "#client/ui/settings/fields.tsx";
import { STRINGS } from "#client/ui/strings.ts";
import { TITLE_MAX_CHARS } from "#shared/config.ts";
import type { RoomSettings, SettingName } from "#shared/protocol/roomSettings.ts";
import { SETTING_FIELDS, textOfSetting } from "./settingsFields.ts";

interface SettingInputProps {
  name: SettingName;
  settings: RoomSettings;
  /** Of the chosen mode. */
  maps: readonly string[];
  set: (value: string | number | boolean) => void;
}

export function SettingInput({ name, settings, maps, set }: SettingInputProps) {
  const field = SETTING_FIELDS[name];
  const label = STRINGS.room.settings[name];
  const value = settings[name];
  switch (field.kind) {
    case "switch":
      return <Switch name={label} on={value === true} set={set} />;
    case "choice":
      return (
        <Select label={label} value={String(value)} options={field.options} text={field.text} set={set} />
      );
    case "map":
      return <Select label={label} value={String(value)} options={maps} text={(map) => map} set={set} />;
    case "text":
      return (
        <label class="field">
          <span class="field-name">{label}</span>
          <input
            type="text"
            value={String(value)}
            maxLength={TITLE_MAX_CHARS}
            placeholder={STRINGS.room.settings.titleNone}
            onInput={({ currentTarget }) => set(currentTarget.value)}
          />
        </label>
      );
    case "number":
      return (
        <NumberField
          label={label}
          value={Number(value)}
          min={field.min}
          max={field.max}
          text={field.text ? textOfSetting(settings, name) : ""}
          set={set}
        />
      );
  }
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly string[];
  text: (value: string) => string;
  set: (value: string) => void;
}

function Select({ label, value, options, text, set }: SelectProps) {
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      <select value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {text(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  /** What the number means, beside it. */
  text: string;
  set: (value: number) => void;
}

function NumberField({ label, value, min, max, text, set }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-name" for={id}>
        {label}
      </label>
      <span class="field-number">
        {text && <small id={`${id}-text`}>{text}</small>}
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={value}
          aria-describedby={text ? `${id}-text` : undefined}
          onInput={({ currentTarget }) => {
            if (currentTarget.validity.valid && currentTarget.value !== "") set(currentTarget.valueAsNumber);
          }}
          onBlur={({ currentTarget }) => {
            currentTarget.value = String(value);
          }}
        />
      </span>
    </div>
  );
}
