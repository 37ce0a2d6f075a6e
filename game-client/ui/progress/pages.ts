/** One chunk for leaderboard, profiles and matches: most visitors of one open another. */
import "./page.css";
import "./player.css";
import "./matchPage.css";
import "./ladder.css";

export { Leaderboard } from "./Leaderboard.tsx";
export { Match } from "./Match.tsx";
export { Player } from "./Player.tsx";
