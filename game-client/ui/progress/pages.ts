/** One chunk for leaderboard, profiles and matches: most visitors of one open another. */
import "./pages.css";

export { Leaderboard } from "./Leaderboard.tsx";
export { Match } from "./Match.tsx";
export { Player } from "./Player.tsx";
