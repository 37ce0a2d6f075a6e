/** The kinds of an object that the next press puts down. */
import { objectType, type Paint, paint } from "#client/editor/editorModel.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { pickupName } from "#client/ui/teach/pickupWords.ts";
import { PICKUP_NAMES } from "#shared/tuning.ts";

export interface Kind {
  readonly type: string;
  readonly text: string;
}

export function kindsOf(what: Paint): readonly Kind[] {
  const { teams } = STRINGS.editor;
  const sides = [
    { type: "a", text: teams.a },
    { type: "b", text: teams.b },
  ];
  if (what === "spawn") return [{ type: "", text: teams.all }, ...sides];
  if (what === "flag") return sides;
  if (what === "pickup") return PICKUP_NAMES.map((type) => ({ type, text: pickupName(type) }));
  return [];
}

/** The kind that was chosen last for each paint. */
const chosen = new Map<Paint, string>();

export function choosePaint(what: Paint): void {
  chosen.set(paint.peek(), objectType.peek());
  paint.value = what;
  const kinds = kindsOf(what);
  const before = kinds.find(({ type }) => type === chosen.get(what));
  objectType.value = (before ?? kinds[0])?.type ?? "";
}
