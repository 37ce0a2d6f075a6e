/** The part of the page that the editor needs: its screen, and the bar over a fight in which a draft is tried out. */
export { EditorScreen } from "./EditorScreen.tsx";
export { TryBar } from "./TryBar.tsx";
