/** One chunk for the gallery, the pages of its arenas, the visitor's drafts, and the choice of an arena by a host. */
import "#client/ui/progress/page.css";
import "#client/ui/ownArena/ownArena.css";
import "./gallery.css";

export { ArenaPage } from "./ArenaPage.tsx";
export { Arenas } from "./Arenas.tsx";
export { GalleryDialog } from "./GalleryDialog.tsx";
