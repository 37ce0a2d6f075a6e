/** What settings are set with: sliders, switches and choices, each with its label. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";

interface SliderProps {
  name: string;
  of: Signal<number>;
  min: number;
  max: number;
  step: number;
}

/** A share, shown and spoken in percent. */
export function Slider({ name, of, min, max, step }: SliderProps) {
  const text = STRINGS.settings.percent(of.value);
  return (
    <label class="field">
      <span class="field-name">{name}</span>
      <span class="field-slider">
        <input
          type="range"
          min={min}
          max={max}
          step={step}
          value={of.value}
          aria-valuetext={text}
          onInput={({ currentTarget }) => {
            of.value = currentTarget.valueAsNumber;
          }}
        />
        <output class="figures">{text}</output>
      </span>
    </label>
  );
}

export function Switch({ name, on, set }: { name: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label class="field field-switch">
      <span class="field-name">{name}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
    </label>
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  of: Signal<T>;
  options: readonly { value: T; text: string; lang?: string; mark?: ComponentChildren }[];
}

/** A few ways, all of them in sight. */
export function Choice<T extends string>({ name, of, options }: ChoiceProps<T>) {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend class="field-name">{name}</legend>
      {options.map(({ value, text, lang, mark }) => (
        <label key={value} class="choice-option" lang={lang}>
          <input
            type="radio"
            name={group}
            value={value}
            checked={of.value === value}
            onChange={() => {
              of.value = value;
            }}
          />
          <span>{text}</span>
          {mark}
        </label>
      ))}
    </fieldset>
  );
}
