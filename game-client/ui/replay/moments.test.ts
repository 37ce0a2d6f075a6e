/** Marks become moments to jump to, in order, each with what happened in it. */
import { describe, expect, test } from "vitest";
import { unmarked } from "#client/ui/kit/Sentence.tsx";
import type { Mark } from "#shared/replay/replay.ts";
import { AFTER_MS, kindOf, LEAD_MS, momentNear, momentsOf, nextMoment, textsOf } from "./moments.ts";

const kill = (atMs: number, by = "a", of = "b"): Mark => ({ is: "kill", atMs, by, of });
const PEOPLE = [
  { seat: "a", name: "Ann", team: 0, isBot: false },
  { seat: "b", name: "Bob", team: 1, isBot: false },
];

/** The moments that pressing again and again leads to. */
function walk(marks: readonly Mark[], by: 1 | -1, isPlaying: boolean, fromMs: number): number[] {
  const moments = momentsOf(marks);
  const found: number[] = [];
  for (let atMs = fromMs; found.length < 20; ) {
    const next = nextMoment(moments, { atMs, isPlaying }, by);
    if (!next) break;
    found.push(next.moment.atMs);
    atMs = next.toMs;
  }
  return found;
}

describe("moments of a replay", () => {
  test("[VIEWER-4] a kill and its feats are one moment, drawn as the rarest of its marks", () => {
    const feat: Mark = { is: "feat", atMs: 5000, by: "a", feat: "multiKill", value: 2 };
    const moments = momentsOf([kill(1000), kill(5000), feat, kill(9000), { is: "end", atMs: 9100 }]);
    expect(moments.map((moment) => [moment.atMs, kindOf(moment)])).toEqual([
      [1000, "kill"],
      [5000, "feat"],
      [9000, "end"],
    ]);
  });

  test.each([true, false])(
    "[VIEWER-5] pressing again and again leads to every moment, forward and back (plays: %s)",
    (isPlaying) => {
      const marks = [kill(4000), kill(9000), kill(9900), kill(20_000)];
      expect(walk(marks, 1, isPlaying, 0)).toEqual([4000, 9000, 9900, 20_000]);
      expect(walk(marks, -1, isPlaying, 25_000)).toEqual([20_000, 9900, 9000, 4000]);
    },
  );

  test("[VIEWER-6] a playing replay shows what leads to the moment, and one that stands still the moment itself", () => {
    const moments = momentsOf([kill(8000)]);
    expect(nextMoment(moments, { atMs: 0, isPlaying: true }, 1)?.toMs).toBe(8000 - LEAD_MS);
    expect(nextMoment(moments, { atMs: 0, isPlaying: false }, 1)?.toMs).toBe(8000 + AFTER_MS);
    expect(nextMoment(momentsOf([kill(500)]), { atMs: 9000, isPlaying: true }, -1)?.toMs).toBe(0);
  });

  test("[VIEWER-7] a pointer means the nearest moment within reach, and none beyond it", () => {
    const moments = momentsOf([kill(1000), kill(3000)]);
    expect(momentNear(moments, 2100, 1000)?.atMs).toBe(3000);
    expect(momentNear(moments, 2000, 900)).toBeUndefined();
  });

  test("[VIEWER-8] each mark says who did what; nobody destroys themselves by name", () => {
    const [moment] = momentsOf([
      kill(0),
      kill(0, "b", "b"),
      { is: "capture", atMs: 0, by: "b", team: 1 },
      { is: "lead", atMs: 0, by: "a", team: 0 },
      { is: "lead", atMs: 0, by: "", team: 1 },
      { is: "end", atMs: 0 },
    ]);
    expect(moment && textsOf(moment, PEOPLE).map(unmarked)).toEqual([
      "Ann destroyed Bob",
      "Bob was destroyed",
      "Bob captured a flag",
      "Ann takes the lead",
      "Team 2 takes the lead",
      "The match ends",
    ]);
  });
});
