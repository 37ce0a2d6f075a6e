/** Which mode Play looks for; remembered. */
import { signal } from "@preact/signals";
import { pageMemory } from "#client/storage.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/modes/modes.ts";

const KEY = "fracas.mode";
const ANY = "any";

const chosen = signal(pageMemory.recall(KEY) ?? ANY);

const modeNames = () => Object.keys(STRINGS.modes) as ModeName[];

/** Undefined: any. */
export const chosenMode = (): ModeName | undefined => modeNames().find((mode) => mode === chosen.value);

export function ModeSelect() {
  return (
    <Select
      name={STRINGS.front.mode}
      value={chosenMode() ?? ANY}
      options={[
        { value: ANY, text: STRINGS.front.anyMode },
        ...modeNames().map((mode) => ({ value: mode, text: STRINGS.modes[mode] })),
      ]}
      choose={(value) => {
        chosen.value = value;
        pageMemory.remember(KEY, value);
      }}
    />
  );
}

interface SelectProps {
  name: string;
  value: string;
  options: readonly { value: string; text: string }[];
  choose(value: string): void;
}

/** The browser's own, which every device knows how to open; its name is for those who cannot see what it is. */
export function Select({ name, value, options, choose }: SelectProps) {
  return (
    <span class="select">
      <select
        class="select-box"
        aria-label={name}
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </span>
  );
}
