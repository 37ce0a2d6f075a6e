/** Muting, volumes and captions. */
import { VOLUME_GROUPS } from "#client/audio/volumes.ts";
import { settings } from "#client/settings/settings.ts";
import { boundTo, Slider, Switch } from "#client/ui/kit/fields.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { muted } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

const VOLUME = { min: 0, max: 1, step: 0.05 } as const;

export function SoundTab() {
  const intents = useIntents();
  const words = STRINGS.settings;
  const { captions } = settings;
  return (
    <>
      <Switch name={words.muted} on={muted.value} set={(on) => intents.setMuted(on)} />
      {VOLUME_GROUPS.map((group) => (
        <Slider key={group} name={words[group]} {...boundTo(settings[`${group}Volume`])} {...VOLUME} />
      ))}
      <Switch
        name={words.captions}
        on={captions.value}
        set={(on) => {
          captions.value = on;
        }}
      />
    </>
  );
}
