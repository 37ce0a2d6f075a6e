/** Sizes, team colours, motion, flashes and the network graph. */
import { HUE_SETS, PALETTE_NAMES, type PaletteName } from "#client/settings/hues.ts";
import { MOTIONS, SCALE, settings } from "#client/settings/settings.ts";
import { boundTo, Choice, Slider, Switch } from "#client/ui/kit/fields.tsx";
import { TeamShape } from "#client/ui/kit/TeamMark.tsx";
import { netGraphOpen } from "#client/ui/state/model.ts";
import { setNetGraphOpen } from "#client/ui/state/netGraphOpen.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function DisplayTab() {
  const words = STRINGS.settings;
  return (
    <>
      <Slider
        name={words.textScale}
        note={STRINGS.hands.textScaleHow}
        {...boundTo(settings.textScale)}
        {...SCALE}
      />
      <Slider name={words.hudScale} {...boundTo(settings.hudScale)} {...SCALE} />
      <Choice
        name={words.palette}
        {...boundTo(settings.palette)}
        look="list"
        options={PALETTE_NAMES.map((value) => ({
          value,
          text: words.palettes[value],
          mark: <Sample palette={value} />,
        }))}
      />
      <Choice
        name={words.motion}
        {...boundTo(settings.motion)}
        look="list"
        options={MOTIONS.map((value) => ({ value, text: words.motions[value] }))}
      />
      <Switch
        name={words.damageNumbers}
        on={settings.damageNumbers.value}
        set={boundTo(settings.damageNumbers).set}
      />
      <Switch
        name={words.othersLooks}
        on={settings.othersLooks.value}
        set={boundTo(settings.othersLooks).set}
      />
      <Slider
        name={STRINGS.hands.flash}
        note={STRINGS.hands.flashHow}
        {...boundTo(settings.flash)}
        {...{ min: 0, max: 1, step: 0.05 }}
      />
      <Switch name={words.netGraph} on={netGraphOpen.value} set={setNetGraphOpen} />
    </>
  );
}

/** The teams of a palette, each in its own shape. */
function Sample({ palette }: { palette: PaletteName }) {
  return (
    <span class="palette-sample" aria-hidden="true">
      {HUE_SETS[palette].teams.map((hue, team) => (
        <TeamShape key={hue} team={team} hue={hue} />
      ))}
    </span>
  );
}
