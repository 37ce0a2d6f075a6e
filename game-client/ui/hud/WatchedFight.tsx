/**
 * The display over the arena in a replay: a player's, without the parts that belong to a seat. It is part of OverArena's
 * chunk: a module that two chunks import becomes a third one, for which every fight would wait.
 */
import { isDecided, match, scoresHeld } from "#client/ui/state/model.ts";
import { Headlines } from "./Announcements.tsx";
import { Captions } from "./Captions.tsx";
import { KillFeed } from "./KillFeed.tsx";
import { MatchHead } from "./MatchHead.tsx";
import { Minimap } from "./Minimap.tsx";
import { Podium } from "./Podium.tsx";
import { Outcome } from "./Results.tsx";
import { Scoreboard } from "./Scoreboard.tsx";
import { ScoreList } from "./ScoreList.tsx";

export function WatchedFight() {
  return (
    <>
      <div class="over-view watched-fight">
        {/* Page translation would freeze what changes, and rewrite names. */}
        <div class="hud" translate={false}>
          <MatchHead />
          <KillFeed />
          <ScoreList />
          <Headlines />
          <Minimap />
        </div>
        <Ended />
      </div>
      <Captions />
      <Scoreboard />
    </>
  );
}

/** The last moments of a match are its results. */
function Ended() {
  const now = match.value;
  if (!now || !isDecided.value || scoresHeld.value) return null;
  return (
    <section class="watched-end glass" aria-labelledby="results-title">
      <Outcome of={now} />
      <Podium />
    </section>
  );
}
