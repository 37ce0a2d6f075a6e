/** Fields of the editor's panels: others may change the value meanwhile, and only a finished one is set. */
import { useEffect, useId, useState } from "preact/hooks";

interface FieldProps<Value> {
  name: string;
  value: Value;
  set(value: Value): void;
}

/** The text while it is typed; follows `value` while the field has not been touched. */
function useTyped(value: string) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  useEffect(() => setTyped(undefined), [value]);
  return { shown: typed ?? value, setTyped };
}

export function TextRow({ name, value, set, maxLength }: FieldProps<string> & { maxLength: number }) {
  const id = useId();
  const { shown, setTyped } = useTyped(value);
  return (
    <div class="field-stack">
      <label class="field-name" for={id}>
        {name}
      </label>
      <input
        id={id}
        class="editor-text"
        value={shown}
        maxLength={maxLength}
        autocomplete="off"
        translate={false}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
    </div>
  );
}

interface NumberFieldProps extends FieldProps<number> {
  min: number;
  max: number;
}

/** A number out of range becomes the nearest one in it. */
export function NumberField({ name, value, set, min, max }: NumberFieldProps) {
  const id = useId();
  const { shown, setTyped } = useTyped(String(value));
  const finish = (text: string) => {
    const wanted = Math.round(Number(text));
    setTyped(undefined);
    if (Number.isFinite(wanted) && text.trim() !== "") set(Math.min(max, Math.max(min, wanted)));
  };
  return (
    <div class="field-stack amount">
      <label class="field-name" for={id}>
        {name}
      </label>
      <input
        id={id}
        class="figures"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        value={shown}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={({ currentTarget }) => finish(currentTarget.value)}
      />
    </div>
  );
}
