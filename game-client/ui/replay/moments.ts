/** The marks of a replay as moments to jump to: marks that belong together, such as a kill and its feats, are one. */
import { teamHue } from "#client/palette.ts";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { called } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Mark, ReplayInfo } from "#shared/replay/replay.ts";

export interface Moment {
  readonly atMs: number;
  /** In order; the first one is the earliest. */
  readonly marks: readonly [Mark, ...Mark[]];
}

/** Marks within this time after a moment's first one are part of it. */
const TOGETHER_MS = 700;

export function momentsOf(marks: readonly Mark[]): Moment[] {
  const moments: { atMs: number; marks: [Mark, ...Mark[]] }[] = [];
  for (const mark of marks) {
    const last = moments.at(-1);
    if (last && mark.atMs - last.atMs <= TOGETHER_MS) last.marks.push(mark);
    else moments.push({ atMs: mark.atMs, marks: [mark] });
  }
  return moments;
}

/** While it plays, a moment is shown from this long before on. */
export const LEAD_MS = 2000;
/** Within this time after the jump to a moment, another jump back leads to the one before. */
const AGAIN_MS = 1000;
const NEAR_MS = 50;

/** The next (1) or previous (−1) moment from here, and where to jump to. A picture that stands still shows the moment itself. */
export function nextMoment(
  moments: readonly Moment[],
  { atMs, isPlaying }: { readonly atMs: number; readonly isPlaying: boolean },
  by: 1 | -1,
): { readonly moment: Moment; readonly toMs: number } | undefined {
  const leadMs = isPlaying ? LEAD_MS : 0;
  const fromMs = atMs + leadMs;
  const backMs = fromMs - (isPlaying ? AGAIN_MS : NEAR_MS);
  const moment =
    by > 0
      ? moments.find((each) => each.atMs > fromMs + NEAR_MS)
      : moments.findLast((each) => each.atMs < backMs);
  return moment && { moment, toMs: Math.max(0, moment.atMs - leadMs) };
}

/** The moment at most `withinMs` away, the nearest. */
export function momentNear(moments: readonly Moment[], atMs: number, withinMs: number): Moment | undefined {
  let nearest: Moment | undefined;
  for (const moment of moments) {
    const offMs = Math.abs(moment.atMs - atMs);
    if (offMs <= withinMs && offMs < Math.abs((nearest?.atMs ?? Number.POSITIVE_INFINITY) - atMs))
      nearest = moment;
  }
  return nearest;
}

/** The kind of mark that a moment is drawn as: the rarest of its marks. */
const RANKING: readonly Mark["is"][] = ["end", "capture", "lead", "feat", "kill"];

export const kindOf = ({ marks }: Moment): Mark["is"] =>
  RANKING.find((kind) => marks.some(({ is }) => is === kind)) ?? "kill";

type People = ReplayInfo["people"];
const personIn = (people: People, seat: string) => people.find((person) => person.seat === seat);

export function hueOf({ marks: [first] }: Moment, people: People): string | undefined {
  if (first.is === "end") return undefined;
  if (first.by === "" && first.is === "lead") return teamHue(first.team);
  const person = personIn(people, first.by);
  return person && teamHue(person.team);
}

/** Each mark of the moment as a sentence, names marked for `Sentence`. */
export const textsOf = ({ marks }: Moment, people: People): string[] =>
  marks.map((mark) => textOf(mark, (seat) => called(personIn(people, seat)?.name ?? "")));

function textOf(mark: Mark, named: (seat: string) => string): string {
  const words = STRINGS.replay.marks;
  switch (mark.is) {
    case "kill":
      return mark.by === mark.of || mark.by === ""
        ? words.destroyed(named(mark.of))
        : words.kill(named(mark.by), named(mark.of));
    case "feat":
      return `${named(mark.by)}: ${STRINGS.fight.feats[mark.feat](mark.value)}`;
    case "capture":
      return words.capture(named(mark.by));
    case "lead":
      return words.lead(mark.by === "" ? STRINGS.scores.team(mark.team + 1) : named(mark.by));
    case "end":
      return words.end;
  }
}

export const titleOf = ({ head }: ReplayInfo): string =>
  `${STRINGS.modes[head.mode]} · ${mapTitle(head.map)}`;
