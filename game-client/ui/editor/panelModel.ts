/** The state of the editor's panels: which one is open, its message, and the answer about the draft. */
import { computed, effect, signal } from "@preact/signals";
import { deviceInUse } from "#client/deviceInUse.ts";
import { acts, draft, faults, role } from "#client/editor/editorModel.ts";
import { draftLink, isLinked, refusal, versionCount } from "#client/editor/editorRoom.ts";
import type { Intents } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PropertyName } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import type { DraftPage } from "#shared/protocol/editor.ts";
import { followPaint } from "./objectKinds.ts";

export const TAB_NAMES = ["arena", "faults", "people", "versions", "share"] as const;
export type TabName = (typeof TAB_NAMES)[number];

/** The side panel, the tab that it opens with, and a number for each opening; undefined while it is closed. */
export const panel = signal<{ readonly start: TabName; readonly turn: number } | undefined>(undefined);
let turn = 0;
/** The tab that it shows. */
export const shownTab = signal<TabName>("arena");

export function openPanel(start: TabName): void {
  panel.value = { start, turn: ++turn };
  shownTab.value = start;
}

export function closePanel(): void {
  panel.value = undefined;
}

/** Opens the panel at the tab, or closes it if it is there. */
export const isShown = (tab: TabName): boolean => panel.value !== undefined && shownTab.value === tab;
export const toggleTab = (tab: TabName): void => (isShown(tab) ? closePanel() : openPanel(tab));
/** A dialog over the editor. */
export const openDialog = signal<"try" | "help" | "trial" | undefined>(undefined);
/** On a small screen the panel covers the drawing. */
const SMALL = "(max-width: 60rem), (max-height: 32rem)";
export const isSmall = (): boolean => globalThis.matchMedia?.(SMALL).matches ?? false;

/** A line that says what became of a press; screen readers read it out. */
export const notice = signal("");
const NOTICE_SHOWN_MS = 5_000;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

export function tell(text: string): void {
  clearTimeout(noticeTimer);
  notice.value = text;
  noticeTimer = setTimeout(() => {
    notice.value = "";
  }, NOTICE_SHOWN_MS);
}

/** The draft's versions, owner and key; undefined until the server has told. */
export const page = signal<DraftPage | undefined>(undefined);

export async function refreshPage(arenas: Intents["arenas"]): Promise<void> {
  const { id, key } = draftLink.peek();
  const found = await arenas.draft(id, key).catch(() => undefined);
  if (found && draftLink.peek().id === id) page.value = found;
}

export const mayEdit = computed(() => role.value !== "viewer");
export const isPlayable = computed(() => faults.value.length === 0);
export const title = computed(() => draft.value.properties.get("title") ?? "");

/** Follows what the panels depend on, until the returned function is called. */
export function followPanels(arenas: Intents["arenas"]): () => void {
  if (isSmall() || deviceInUse.peek() === "touch") closePanel();
  else openPanel(shownTab.peek());
  openDialog.value = undefined;
  page.value = undefined;
  const stops = [
    followPaint(),
    effect(() => {
      // A version may have come, and the role decides whether the page has the key.
      void versionCount.value;
      void role.value;
      if (isLinked.value) void refreshPage(arenas);
    }),
    effect(() => {
      const why = refusal.value;
      if (!why) return;
      refusal.value = undefined;
      tell(STRINGS.editor.refused[why]);
    }),
  ];
  addEventListener("pointerdown", leaveControls, { capture: true });
  return () => {
    removeEventListener("pointerdown", leaveControls, { capture: true });
    for (const stop of stops) stop();
  };
}

/** A press on the drawing ends what is typed, and keys draw from then on: the picture itself takes no focus. */
function leaveControls({ target }: Event): void {
  const isOnPicture = target instanceof Element && target.closest("#game") !== null;
  if (isOnPicture && document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

export function closeDialog(): void {
  openDialog.value = undefined;
}

export const edit = (...edits: readonly Edit[]): void => acts.peek()?.edit(edits);

/** An empty value takes the property away. */
export const setProperty = (name: PropertyName, value: string): void =>
  edit(value === "" ? { do: "set", name } : { do: "set", name, value });
