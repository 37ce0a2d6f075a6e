/** The page's audio: captions, volumes from the settings, the mute switch, and unlocking by the first gesture. */
import { effect } from "@preact/signals";
import { createAudio, type GameAudio } from "./audio/player.ts";
import { VOLUME_GROUPS } from "./audio/volumes.ts";
import { settings } from "./settings/settings.ts";
import { captionSounds } from "./ui/state/captions.ts";
import { muted } from "./ui/state/model.ts";

export function createPageAudio(): GameAudio {
  const audio = captionSounds(createAudio());
  muted.value = audio.muted();
  for (const group of VOLUME_GROUPS) {
    effect(() => audio.setVolume(group, settings[`${group}Volume`].value));
  }
  // Browsers start audio only inside a gesture's handler, and a resumed fight begins without any button.
  for (const gesture of ["pointerdown", "keydown"]) window.addEventListener(gesture, () => audio.unlock());
  return audio;
}
