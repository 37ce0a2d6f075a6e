/** The kinds of an object that the next press puts down. */
import { effect } from "@preact/signals";
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

/** Keeps the kind one that the paint has: the one that was chosen last for it. Until the returned function is called. */
export function followPaint(): () => void {
  const chosen = new Map<Paint, string>();
  return effect(() => {
    const kinds = kindsOf(paint.value);
    const isOfPaint = (type: string | undefined) => kinds.some((kind) => kind.type === type);
    if (isOfPaint(objectType.value)) return void chosen.set(paint.value, objectType.value);
    const before = chosen.get(paint.value);
    objectType.value = (isOfPaint(before) ? before : kinds[0]?.type) ?? "";
  });
}
