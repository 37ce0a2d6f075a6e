/** Keeps the connection to an editor's room for as long as its page, or a room in which its arena is tried out, is on the screen. */
import { effect, untracked } from "@preact/signals";
import { type FrontScreen, home, type Screen, screen } from "#client/ui/state/model.ts";
import type { EditorHost } from "./editorHost.ts";

type EditorScreen = Extract<FrontScreen, { kind: "editor" }>;

/** While a room is joined, entered, lost or out of reach, the page is still in the editor. */
const IN_ROOM: readonly Screen["kind"][] = ["joining", "playing", "dropped", "restarting", "unreachable"];

export function followEditor(host: EditorHost): void {
  let end: (() => void) | undefined;
  let shown: EditorScreen | undefined;
  effect(() => {
    const now = screen.value;
    if (shown && (isSame(now, shown) || IN_ROOM.includes(now.kind))) return;
    const wasShown = end !== undefined;
    end?.();
    end = undefined;
    shown = now.kind === "editor" ? now : undefined;
    home.value = shown && { kind: "editor", id: shown.id, key: shown.key };
    if (!shown) return wasShown ? untracked(host.left) : undefined;
    const { id, key } = shown;
    let isOver = false;
    end = () => {
      isOver = true;
    };
    // If this part does not load, the page says so (vite:preloadError).
    void import("./editorSession.ts").then(({ openEditor }) => {
      if (!isOver) end = openEditor({ id, key }, host);
    });
  });
}

const isSame = (now: Screen, shown: EditorScreen): boolean =>
  now.kind === "editor" && now.id === shown.id && now.key === shown.key;
