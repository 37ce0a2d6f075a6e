/** Writes sounds that matter as captions, also while they are muted. */
import type { GameAudio } from "#client/audio/player.ts";
import { type Captioned, pushCaption } from "#client/ui/state/captions.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

const isCaptioned = (sound: string): sound is Captioned => sound in STRINGS.captions;

/** The same audio, with a caption for every sound that has words in the language tables. */
export function captionSounds(audio: GameAudio): GameAudio {
  return {
    ...audio,
    play(sound, at) {
      if (isCaptioned(sound)) pushCaption(sound, at);
      audio.play(sound, at);
    },
  };
}
