/** The newest sounds as text, over the arena. */
import { settings } from "#client/settings/settings.ts";
import { type Bearing, captions } from "#client/ui/state/captions.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

const ARROWS: Readonly<Record<Bearing, string>> = { here: "", left: "←", right: "→", up: "↑", down: "↓" };

/** The newest sounds as text, with an arrow to their source. Screen readers skip them: they would read nothing else. */
export function Captions() {
  if (!settings.captions.value) return null;
  return (
    <ul class="captions" aria-hidden="true">
      {captions.value.map(({ key, sound, bearing }) => (
        <li key={key} class="caption">
          {bearing === "left" && <span>{ARROWS.left}</span>}
          {STRINGS.captions[sound]}
          {bearing !== "left" && ARROWS[bearing] && <span>{ARROWS[bearing]}</span>}
        </li>
      ))}
    </ul>
  );
}
