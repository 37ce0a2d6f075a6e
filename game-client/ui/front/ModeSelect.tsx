/** The mode that Play looks for, remembered between visits. */
import { signal } from "@preact/signals";
import { pageMemory } from "#client/storage.ts";
import { Select } from "#client/ui/kit/Select.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/schema/names.ts";

const KEY = "fracas.mode";
const ANY = "any";

const chosen = signal(pageMemory.recall(KEY) ?? ANY);

/** Undefined: any mode. */
export const chosenMode = (): ModeName | undefined => modeNames().find((mode) => mode === chosen.value);

/** In the order of the texts: the title downloads no mode's rules. */
const modeNames = () => Object.keys(STRINGS.modes) as ModeName[];

export function ModeSelect() {
  return (
    <AnyModeSelect
      mode={chosenMode()}
      set={(mode) => {
        chosen.value = mode ?? ANY;
        pageMemory.remember(KEY, chosen.value);
      }}
    />
  );
}

interface AnyModeSelectProps {
  /** Undefined: any mode. */
  mode: ModeName | undefined;
  set(mode: ModeName | undefined): void;
}

/** Every mode, and "any" before them. */
export function AnyModeSelect({ mode, set }: AnyModeSelectProps) {
  return (
    <Select
      name={STRINGS.front.mode}
      value={mode ?? ANY}
      options={[
        { value: ANY, text: STRINGS.front.anyMode },
        ...modeNames().map((value) => ({ value, text: STRINGS.modes[value] })),
      ]}
      set={(value) => set(modeNames().find((name) => name === value))}
    />
  );
}
