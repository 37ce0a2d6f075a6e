/** `window.fracasEditor`: lets browser tests and the console read the editor's picture, without changing it. */
import type { Draft } from "#shared/editor/draft.ts";
import { shownDraft } from "./drawing.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface EditorInspection {
  /** The draft as it is drawn, with own strokes that have not gone to the room yet. */
  draft(): Draft;
  /** Pieces of the ground painted so far. */
  paints(): number;
  /** Place in the window of a place on the map, CSS px. */
  onScreen(x: number, y: number): Place;
}

declare global {
  interface Window {
    fracasEditor?: EditorInspection;
  }
}

/** Shows the picture to tests; without a camera, there is nothing to show any more. */
export function inspectEditor(camera?: { toClient(place: Place): Place }, paints = () => 0): void {
  if (!camera) delete window.fracasEditor;
  else
    window.fracasEditor = {
      draft: () => shownDraft.value,
      paints,
      onScreen: (x, y) => camera.toClient({ x, y }),
    };
}
