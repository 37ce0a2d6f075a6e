import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GameAudio } from "#client/audio/player.ts";
import { settings } from "#client/settings/settings.ts";
import { captionSounds, captions } from "#client/ui/state/captions.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createSoundCues, type SoundState } from "./soundCues.ts";

const STATE: SoundState = {
  tick: 0,
  mode: "captureTheFlag",
  phase: "live",
  phaseEndsTick: 9_000,
  scoreA: 0,
  scoreB: 0,
  settings: "",
  roster: new Map([["me", { score: 0, spectating: false }]]),
  hill: { holder: 0 },
  flags: new Map([
    ["0", { x: 100, y: 500 }],
    ["1", { x: 3_000, y: 500 }],
  ]),
};
const ALIVE = { hp: 100, team: 0 };

function listen() {
  const heard: string[] = [];
  const silent: GameAudio = {
    play: (sound) => heard.push(sound),
    setMuted: () => {},
    muted: () => true,
    setVolume: () => {},
    music: { start: () => {}, stop: () => {} },
    arena: { enter: () => {}, follow: () => {}, leave: () => {} },
    unlock: () => {},
  };
  const cues = createSoundCues(captionSounds(silent), "me");
  cues.listenAt({ x: 1_500, y: 500 });
  cues.watch(STATE, ALIVE);
  const flag = (what: Extract<SimEvent, { type: "flag" }>["what"], team: number) =>
    cues.hear({ type: "flag", what, team, drone: "x" });
  return { cues, heard, flag };
}

const shown = () => captions.value.map(({ sound, bearing }) => `${sound} ${bearing}`);

describe("what is heard is captioned", () => {
  beforeEach(() => {
    settings.captions.value = true;
    captions.value = [];
  });
  afterEach(() => {
    settings.captions.value = false;
    captions.value = [];
  });

  it("[SOUND-20] flags by whose they are, with the direction of where they stood, however far", () => {
    const { flag } = listen();
    flag("taken", 0);
    flag("taken", 1);
    expect(shown()).toEqual(["ourFlagTaken left", "theirFlagTaken right"]);
    captions.value = [];
    flag("dropped", 0);
    flag("returned", 0);
    flag("captured", 1);
    expect(shown()).toEqual(["ourFlagDropped left", "ourFlagReturned left", "flagScored here"]);
    flag("captured", 0);
    expect(shown()).toEqual(["ourFlagReturned left", "flagScored here", "flagLost here"]);
  });

  it("[SOUND-21] the hill that moves, with its direction, and who takes it", () => {
    const { cues } = listen();
    const hills = { ...STATE, mode: "kingOfTheHill" } as const;
    cues.hear({ type: "hill", x: 1_500, y: 3_000 });
    cues.watch({ ...hills, hill: { holder: 1 } }, ALIVE);
    // Contested, and held again by the same team: nothing new.
    cues.watch({ ...hills, hill: { holder: 3 } }, ALIVE);
    cues.watch({ ...hills, hill: { holder: 1 } }, ALIVE);
    cues.watch({ ...hills, hill: { holder: 2 } }, ALIVE);
    expect(shown()).toEqual(["hillMoved down", "hillOurs here", "hillTheirs here"]);
  });

  it("[SOUND-22] low health and a shell that will land near, with its direction", () => {
    const { cues } = listen();
    cues.watch(STATE, { hp: 20, team: 0 });
    cues.hearCue({ kind: "incoming", drone: "x", x: 1_500, y: 400 });
    expect(shown()).toEqual(["lowHealth here", "incoming up"]);
  });

  it("[SOUND-23] not with captions off, nor beyond earshot", () => {
    const { cues } = listen();
    cues.hear({ type: "explode", drone: "x", x: 9_000, y: 500 });
    settings.captions.value = false;
    cues.hear({ type: "explode", drone: "x", x: 1_400, y: 500 });
    expect(shown()).toEqual([]);
  });

  it("[SOUND-24] the end of a match sounds as it ended for the player, once", () => {
    const { cues, heard } = listen();
    cues.hear({ type: "match", phase: "results" });
    expect(heard).toEqual([]);
    const ended = { ...STATE, phase: "results", scoreB: 3 };
    cues.watch(ended, ALIVE);
    cues.watch(ended, ALIVE);
    expect(heard).toEqual(["defeat"]);
  });
});
