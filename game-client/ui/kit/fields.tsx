/** Form controls with their names, usable by mouse, touch, keyboard and gamepad. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useId } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";
import "./fields.css";

/** Binds a control to a signal: `<Slider {...boundTo(settings.textScale)} />`. */
export function boundTo<T>(signal: Signal<T>): { value: T; set(value: T): void } {
  return {
    value: signal.value,
    set(value) {
      signal.value = value;
    },
  };
}

interface TextFieldProps {
  name: string;
  value: string;
  set(text: string): void;
  maxLength?: number;
  placeholder?: string;
  error?: string | undefined;
  /** "code" shows capitals. */
  look?: "code" | "plain";
  field?: RefObject<HTMLInputElement | null>;
  /** Whether the text is a player's name, which nobody translates. */
  isName?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { name, value, set, maxLength, placeholder, error, look, field, isName } = props;
  const errorId = useId();
  return (
    <div class="text-field">
      <label class="name-field">
        <span class="name-label">{name}</span>
        <input
          {...(field && { ref: field })}
          class={look === "code" ? "code-input" : ""}
          value={value}
          {...(maxLength !== undefined && { maxLength })}
          {...(placeholder !== undefined && { placeholder })}
          autocomplete="off"
          autocapitalize={look === "code" ? "characters" : "off"}
          spellcheck={false}
          {...(isName && { translate: false })}
          enterkeyhint="go"
          aria-invalid={error !== undefined}
          aria-describedby={error ? errorId : undefined}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
      </label>
      <FieldError id={errorId} text={error} />
    </div>
  );
}

interface AmountProps {
  name: string;
  /** NaN while the number field is empty. */
  value: number;
  set(value: number): void;
  min: number;
  max: number;
  step?: number;
  /** Shown after the number. */
  unit?: string;
  error?: string | undefined;
}

/** A number to type or to slide. The slider is for pointers only: the number field does all of it for the keyboard. */
export function Amount({ name, value, set, min, max, step = 1, unit, error }: AmountProps) {
  const [fieldId, errorId] = [useId(), useId()];
  const range = { min, max, step };
  return (
    <div class="field-stack">
      <label class="field-name" for={fieldId}>
        {name}
      </label>
      <div class="amount">
        <input
          type="range"
          aria-hidden="true"
          tabIndex={-1}
          {...range}
          value={Number.isNaN(value) ? min : value}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <input
          id={fieldId}
          class="figures"
          type="number"
          inputMode="numeric"
          {...range}
          value={Number.isNaN(value) ? "" : value}
          aria-invalid={error !== undefined}
          aria-describedby={error && errorId}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <span class="amount-unit">{unit}</span>
      </div>
      <FieldError id={errorId} text={error} />
    </div>
  );
}

function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} class="field-error" role="alert">
      {text}
    </p>
  );
}

interface SliderProps {
  name: string;
  /** A share: 1 is 100 %. */
  value: number;
  set(value: number): void;
  min: number;
  max: number;
  step: number;
  /** A line below the name that says what the setting does. */
  note?: string;
}

/** A share, shown and spoken in percent. */
export function Slider({ name, value, set, min, max, step, note }: SliderProps) {
  const text = STRINGS.settings.percent(value);
  const noteId = useId();
  return (
    <label class="field">
      <span class="field-name">{name}</span>
      <span class="field-slider">
        <input
          type="range"
          min={min}
          max={max}
          step={step}
          value={value}
          aria-label={name}
          aria-valuetext={text}
          aria-describedby={note && noteId}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <output class="figures">{text}</output>
      </span>
      <FieldNote id={noteId} text={note} />
    </label>
  );
}

/** The line that says what a setting does. */
function FieldNote({ id, text }: { id: string; text: string | undefined }) {
  return text ? (
    <span id={id} class="field-note">
      {text}
    </span>
  ) : null;
}

interface SwitchProps {
  name: string;
  on: boolean;
  set(on: boolean): void;
  /** A line below the name that says what the setting does. */
  note?: string;
}

export function Switch({ name, on, set, note }: SwitchProps) {
  const noteId = useId();
  return (
    <label class="field field-switch">
      <span class="field-name">{name}</span>
      <input
        type="checkbox"
        role="switch"
        aria-label={name}
        aria-describedby={note && noteId}
        aria-checked={on}
        checked={on}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
      <FieldNote id={noteId} text={note} />
    </label>
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  value: T;
  set(value: T): void;
  options: readonly ChoiceOption<T>[];
  /** A list with a line for each option, or chips side by side. */
  look: "list" | "chips";
  /** A line below the name that says what the setting does. */
  note?: string;
}

interface ChoiceOption<T extends string> {
  value: T;
  text: string;
  /** A shorter text behind the first. */
  note?: string;
  /** BCP 47 tag, where the text is in another language than the page. */
  lang?: string;
  mark?: ComponentChildren;
}

/** One of a few options, all of them in sight. */
export function Choice<T extends string>({ name, value, set, options, look, note }: ChoiceProps<T>) {
  const [group, noteId] = [useId(), useId()];
  return (
    <fieldset class={`choice choice-${look}`} aria-describedby={note && noteId}>
      <legend class="field-name">{name}</legend>
      <FieldNote id={noteId} text={note} />
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option" lang={option.lang}>
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={value === option.value}
              onChange={() => set(option.value)}
            />
            <span>
              {option.text}
              {option.note && <small> {option.note}</small>}
            </span>
            {option.mark}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
