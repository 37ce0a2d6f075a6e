/** Plays sounds and music, and stores whether they are muted. */
import { pageMemory } from "#client/storage.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { createBackground } from "./background.ts";
import type { Mood } from "./fightScore.ts";
import { createMixer, type Mixer } from "./mixer.ts";
import { type Music, playPiece } from "./music.ts";
import { AT_LISTENER, type Offset, placeSound } from "./placement.ts";
import { TITLE_PIECE } from "./score.ts";
import type { SoundBank } from "./soundBank.ts";
import type { SoundName } from "./sounds.ts";
import type { VolumeGroup, Volumes } from "./volumes.ts";

const MUTED_KEY = "fracas.muted";
/** A sound is not repeated within this time: it would add loudness but no information. */
const REPEAT_MS = 28;
const DEFAULT_VOLUMES: Volumes = { effects: 1, announcer: 1, interface: 1, music: 0.5, ambience: 0.8 };

/** How a sound differs from its row in sounds.ts. */
export interface Manner {
  /** Raises the pitch. */
  readonly semitones?: number;
  readonly delaySec?: number;
  /** Where the caption's arrow points, for a sound that is equally loud everywhere. */
  readonly towards?: Offset;
}

export interface GameAudio {
  /** Without `at`, plays at the listener. Silent while muted, before unlock() and where audio does not exist. */
  play(sound: SoundName, at?: Offset, manner?: Manner): void;
  /** Stored for the next visit. */
  setMuted(muted: boolean): void;
  muted(): boolean;
  /** `volume` is 0 to 1; it is not stored here. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** The menu music. If started before unlock(), it begins to sound then. */
  readonly music: Music;
  readonly arena: ArenaSound;
  /** Call in the handler of a key or pointer press, where alone browsers let audio start. */
  unlock(): void;
}

/** Music and ambience of an arena. */
export interface ArenaSound {
  enter(theme: ThemeName): void;
  /** Call once a frame: the music's layers follow the mood at the next bar line. */
  follow(mood: Mood): void;
  leave(): void;
}

interface Output {
  context: AudioContext;
  mixer: Mixer;
  /** Empty until the sounds are rendered. */
  bank: SoundBank;
}

export function createAudio(): GameAudio {
  let isMuted = pageMemory.recall(MUTED_KEY) === "true";
  let output: Output | undefined;
  let volumes = DEFAULT_VOLUMES;
  const mood = { level: 0, isFinal: false, isOn: false };
  const lastPlayedAt = new Map<SoundName, number>();

  const title = createBackground((_: true, { context, mixer }: Output) =>
    playPiece(context, mixer.music, TITLE_PIECE),
  );
  const fight = createBackground(async (_: true, { context, mixer }: Output) => {
    const { createFightPiece } = await import("./arenaSound.ts");
    return playPiece(context, mixer.music, createFightPiece(mood));
  });
  const ambience = createBackground(async (theme: ThemeName, { context, mixer }: Output) => {
    const { playAmbience } = await import("./arenaSound.ts");
    return playAmbience(context, mixer.ambience, theme);
  });
  /** Starts or stops what sounds all the time; what nobody can hear schedules nothing. */
  const followBackground = () => {
    const audible = (group: VolumeGroup) => (isMuted || volumes[group] === 0 ? undefined : output);
    title.follow(audible("music"));
    fight.follow(audible("music"));
    ambience.follow(audible("ambience"));
  };

  return {
    play(sound, at, { semitones = 0, delaySec = 0 } = {}) {
      // A suspended context would queue sounds and play them all at once on resuming.
      if (isMuted || output?.context.state !== "running") return;
      const placement = at ? placeSound(at) : AT_LISTENER;
      const banked = output.bank.get(sound);
      const now = performance.now();
      if (!placement || !banked || now - (lastPlayedAt.get(sound) ?? 0) < REPEAT_MS) return;
      lastPlayedAt.set(sound, now);
      output.mixer.start({ ...banked, placement, semitones, delaySec });
    },
    setMuted(muted) {
      isMuted = muted;
      pageMemory.remember(MUTED_KEY, String(muted));
      output?.mixer.setMuted(muted);
      followBackground();
    },
    muted: () => isMuted,
    setVolume(group, volume) {
      volumes = { ...volumes, [group]: volume };
      output?.mixer.setVolume(group, volume);
      followBackground();
    },
    music: {
      start() {
        title.want(true);
        followBackground();
      },
      stop() {
        title.want(undefined);
        followBackground();
      },
    },
    arena: {
      enter(theme) {
        Object.assign(mood, { level: 0, isFinal: false, isOn: false });
        fight.want(true);
        ambience.want(theme);
        followBackground();
      },
      follow({ level, isFinal, isOn }) {
        mood.level = level;
        mood.isFinal = isFinal;
        mood.isOn = isOn;
      },
      leave() {
        fight.want(undefined);
        ambience.want(undefined);
        followBackground();
      },
    },
    unlock() {
      output ??= openOutput(isMuted, volumes);
      // A phone call or another page may have suspended it again.
      if (output && output.context.state !== "running") void output.context.resume().catch(ignore);
      followBackground();
    },
  };
}

/** Undefined where audio does not exist, or before the gesture that permits it. */
function openOutput(muted: boolean, volumes: Volumes): Output | undefined {
  if (typeof AudioContext === "undefined" || navigator.userActivation?.hasBeenActive === false)
    return undefined;
  try {
    const context = new AudioContext({ latencyHint: "interactive" });
    const output: Output = { context, mixer: createMixer(context, muted, volumes), bank: new Map() };
    // A page that nobody has touched needs no sounds.
    import("./soundBank.ts")
      .then(({ renderSoundBank }) => renderSoundBank(context))
      .then((bank) => {
        output.bank = bank;
      }, ignore);
    return output;
  } catch {
    return undefined;
  }
}

/** The game works without sound, and the player cannot act on the reason. */
function ignore(): void {}
