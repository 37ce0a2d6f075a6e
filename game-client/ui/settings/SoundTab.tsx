/** Muting, volumes and captions. */
import { settings } from "#client/settings/settings.ts";
import { boundTo, Slider, Switch } from "#client/ui/kit/fields.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { muted } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

const VOLUME = { min: 0, max: 1, step: 0.05 } as const;

export function SoundTab() {
  const intents = useIntents();
  const words = STRINGS.settings;
  const { captions, effectsVolume, musicVolume } = settings;
  return (
    <>
      <Switch name={words.muted} on={muted.value} set={(on) => intents.setMuted(on)} />
      <Slider name={words.effects} {...boundTo(effectsVolume)} {...VOLUME} />
      <Slider name={words.music} {...boundTo(musicVolume)} {...VOLUME} />
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
