/** One chunk for the list of live matches and the overlay. */
import "./live.css";
import "./overlay.css";
import "./shared.css";

export { Live } from "./Live.tsx";
export { Overlay } from "./Overlay.tsx";
