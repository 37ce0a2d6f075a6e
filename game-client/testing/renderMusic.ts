/** Renders music and sounds in a page's OfflineAudioContext and measures them: sound.test.ts runs it in Chromium. */
import { createFightPiece, type Mood } from "#client/audio/fightScore.ts";
import { loudnessDb } from "#client/audio/loudness.ts";
import { createMixer } from "#client/audio/mixer.ts";
import { type Piece, playPiece } from "#client/audio/music.ts";
import { AT_LISTENER } from "#client/audio/placement.ts";
import { TITLE_PIECE } from "#client/audio/score.ts";
import { renderSound } from "#client/audio/soundBank.ts";
import { CLASS_OF, SOUND_CLASSES } from "#client/audio/soundClasses.ts";
import type { SoundName } from "#client/audio/sounds.ts";

const RATE = 44_100;
/** More often than playPiece schedules, as the page's clock would call it. */
const EVERY_SEC = 0.25;

/** Loudness in dB of the piece's first seconds, at full volume, without the mixer. */
async function measure(piece: Piece, sec: number): Promise<{ db: number; peak: number }> {
  const context = new OfflineAudioContext(1, sec * RATE, RATE);
  let schedule = () => {};
  const { setInterval } = window;
  // An offline context has a clock of its own.
  Object.assign(window, {
    setInterval: (call: () => void) => {
      schedule = call;
      return 0;
    },
  });
  playPiece(context, context.destination, piece);
  Object.assign(window, { setInterval });
  for (let atSec = EVERY_SEC; atSec < sec; atSec += EVERY_SEC) {
    void context.suspend(atSec).then(() => {
      schedule();
      return context.resume();
    });
  }
  const samples = (await context.startRendering()).getChannelData(0);
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  return { db: loudnessDb(samples, RATE), peak };
}

export const measureFight = (mood: Mood, sec: number) => measure(createFightPiece(mood), sec);
export const measureTitle = (sec: number) => measure(TITLE_PIECE, sec);

const FULL = { effects: 1, announcer: 1, interface: 1, music: 1, ambience: 1 };

/** Loudness in dB of one sound at the listener as it leaves the mixer, limiter included. */
export async function measureMixed(name: SoundName): Promise<number> {
  const context = new OfflineAudioContext(2, 2 * RATE, RATE);
  const { samples, sampleRate } = await renderSound(name);
  const buffer = context.createBuffer(1, samples.length, sampleRate);
  buffer.getChannelData(0).set(samples);
  const soundClass = SOUND_CLASSES[CLASS_OF[name]];
  const mixer = createMixer(context, false, FULL);
  mixer.start({ buffer, soundClass, placement: AT_LISTENER, semitones: 0, delaySec: 0.1 });
  return loudnessDb((await context.startRendering()).getChannelData(0), RATE);
}
