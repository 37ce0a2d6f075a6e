/** One chunk for leaderboard, profiles, matches and the own career: most visitors of one open another. */
import "./page.css";
import "./player.css";
import "./matchPage.css";
import "./ladder.css";
import "./career.css";
import "./wardrobe.css";

export { Career } from "./Career.tsx";
export { Leaderboard } from "./Leaderboard.tsx";
export { Match } from "./Match.tsx";
export { Player } from "./Player.tsx";
