/** One chunk for the pages of what lasts: a visitor of one of them mostly opens another. */
import "./pages.css";

export { Leaderboard } from "./Leaderboard.tsx";
export { Match } from "./Match.tsx";
export { Player } from "./Player.tsx";
