/** What a room is set with: amounts, choices and switches; all within reach of mouse, keys, thumbs and gamepad. */
import { useId } from "preact/hooks";

interface AmountProps {
  name: string;
  value: number;
  set(value: number): void;
  min: number;
  max: number;
  step?: number;
  /** After the figure. */
  unit?: string;
  error?: string | undefined;
}

/** To be typed, or slid: the slider is for pointers alone, for the figure does all that it does. */
export function Amount({ name, value, set, min, max, step = 1, unit, error }: AmountProps) {
  const [fieldId, errorId] = [useId(), useId()];
  return (
    <div class="setting">
      <label class="setting-name" for={fieldId}>
        {name}
      </label>
      <div class="amount">
        <input
          type="range"
          aria-hidden="true"
          tabIndex={-1}
          {...{ min, max, step }}
          value={Number.isNaN(value) ? min : value}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <input
          id={fieldId}
          class="figures"
          type="number"
          inputMode="numeric"
          {...{ min, max, step }}
          value={Number.isNaN(value) ? "" : value}
          aria-invalid={error !== undefined}
          aria-describedby={error && errorId}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <span class="amount-unit">{unit}</span>
      </div>
      {error && (
        <p id={errorId} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface PickProps<T extends string> {
  name: string;
  value: T;
  set(value: T): void;
  options: readonly { value: T; text: string; note?: string }[];
}

/** A few ways, all of them in sight. */
export function Pick<T extends string>({ name, value, set, options }: PickProps<T>) {
  const group = useId();
  return (
    <fieldset class="setting pick">
      <legend class="setting-name">{name}</legend>
      <div class="pick-options">
        {options.map((option) => (
          <label key={option.value} class="pick-option">
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
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Toggle({ name, on, set }: { name: string; on: boolean; set(on: boolean): void }) {
  return (
    <label class="setting toggle">
      <span class="setting-name">{name}</span>
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
