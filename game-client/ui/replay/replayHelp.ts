/** The keys, buttons and gestures of a replay (game-client/replay/replayKeys.ts) with their texts. */
import { nameOfCode } from "#client/ui/settings/codeNames.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

interface HelpLine {
  readonly keys: readonly string[];
  readonly text: string;
}

/** The list of the replay's keys or buttons, for the device in use. */
export const HELP = {
  keys(): HelpLine[] {
    const words = STRINGS.replay.help;
    return [
      { keys: [nameOfCode("Space"), "K"], text: words.play },
      { keys: ["←", "→"], text: words.seek(5) },
      { keys: ["J", "L"], text: words.seek(10) },
      { keys: [",", "."], text: words.step },
      { keys: ["<", ">"], text: STRINGS.replay.speed },
      { keys: ["P", "N"], text: words.marks },
      { keys: ["F"], text: words.followNext },
      { keys: ["0", "Esc"], text: STRINGS.watch.free },
      { keys: ["W", "A", "S", "D"], text: words.move },
      { keys: ["1", "…", "9"], text: words.tenths },
      { keys: ["Home", "End"], text: words.ends },
      { keys: ["B"], text: STRINGS.settings.actions.scores },
      { keys: ["C"], text: STRINGS.replay.copyLink },
      { keys: ["U"], text: STRINGS.replay.fullScreen },
      { keys: ["H"], text: STRINGS.replay.hide },
    ];
  },
  pad(): HelpLine[] {
    const words = STRINGS.replay.help;
    return [
      { keys: ["A"], text: words.play },
      { keys: ["LB", "RB"], text: words.marks },
      { keys: ["◀", "▶"], text: words.seek(5) },
      { keys: ["L3", "R3"], text: words.step },
      { keys: ["▲", "▼"], text: STRINGS.replay.speed },
      { keys: ["LT", "RT"], text: words.players },
      { keys: ["L"], text: words.move },
      { keys: ["B"], text: STRINGS.watch.free },
      { keys: [nameOfCode("Pad8")], text: STRINGS.settings.actions.scores },
      { keys: ["Y"], text: STRINGS.replay.hide },
    ];
  },
  touch(): HelpLine[] {
    const words = STRINGS.replay.help;
    return [
      { keys: [words.tap], text: words.followNext },
      { keys: [words.drag], text: words.move },
    ];
  },
} as const;
