/** Covers the page while a file is held over it. */
import { STRINGS } from "#client/ui/strings/strings.ts";

export const DropHere = () => (
  <div class="drop-here">
    <p>{STRINGS.ownArena.dropHere}</p>
  </div>
);
