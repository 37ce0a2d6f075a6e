/** The settings of triggers, aim assist, sticks and vibration, each with a line that says what it does. */
import { AUTO_FIRES, SCALE, STICKS, settings, TRIGGERS } from "#client/settings/settings.ts";
import { boundTo, Choice, Slider, Switch } from "#client/ui/kit/fields.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { forgetLessons } from "#client/ui/teach/lessons.ts";

const SHARE = { min: 0, max: 1, step: 0.05 } as const;

export function PlayTab() {
  return (
    <>
      <Hints />
      <Triggers />
      <TouchSettings />
    </>
  );
}

/** Switched on again, everything is taught anew. */
function Hints() {
  const words = STRINGS.teach;
  const set = (isOn: boolean) => {
    if (isOn) forgetLessons();
    settings.hints.value = isOn;
  };
  return <Switch name={words.hints} note={words.hintsHow} on={settings.hints.value} set={set} />;
}

function Triggers() {
  const words = STRINGS.hands;
  const triggers = TRIGGERS.map((value) => ({ value, text: words.triggers[value] }));
  return (
    <>
      <Choice
        name={words.autoFire}
        note={words.autoFireHow}
        {...boundTo(settings.autoFire)}
        look="chips"
        options={AUTO_FIRES.map((value) => ({ value, text: words.autoFires[value] }))}
      />
      <Slider name={words.aimAssist} note={words.aimAssistHow} {...boundTo(settings.aimAssist)} {...SHARE} />
      <Choice
        name={words.fireHow}
        note={words.triggersHow}
        {...boundTo(settings.fireHow)}
        look="chips"
        options={triggers}
      />
      <Choice name={words.altFireHow} {...boundTo(settings.altFireHow)} look="chips" options={triggers} />
      <Switch
        name={words.haptics}
        note={words.hapticsHow}
        on={settings.haptics.value}
        set={boundTo(settings.haptics).set}
      />
    </>
  );
}

function TouchSettings() {
  const words = STRINGS.hands;
  return (
    <>
      <h2 class="dialog-subtitle">{STRINGS.settings.touch}</h2>
      <Switch
        name={words.leftHanded}
        note={words.leftHandedHow}
        on={settings.leftHanded.value}
        set={boundTo(settings.leftHanded).set}
      />
      <Choice
        name={words.sticks}
        note={words.sticksHow}
        {...boundTo(settings.sticks)}
        look="chips"
        options={STICKS.map((value) => ({ value, text: words.stickKinds[value] }))}
      />
      <Slider name={words.stickScale} {...boundTo(settings.stickScale)} {...SCALE} />
    </>
  );
}
