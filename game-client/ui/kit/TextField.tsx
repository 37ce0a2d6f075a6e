/** A line of text to be typed, in the name field's look, with what is wrong with it. */
import type { RefObject } from "preact";
import { useId } from "preact/hooks";

interface TextFieldProps {
  name: string;
  value: string;
  set(text: string): void;
  maxLength?: number;
  placeholder?: string;
  error?: string | undefined;
  /** A code is shown in capitals. */
  look?: "code" | "plain";
  field?: RefObject<HTMLInputElement | null>;
}

export function TextField({ name, value, set, maxLength, placeholder, error, look, field }: TextFieldProps) {
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
          enterkeyhint="go"
          aria-invalid={error !== undefined}
          aria-describedby={error ? errorId : undefined}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
      </label>
      {error && (
        <p id={errorId} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
