/** Everything over the arena while a replay plays. */
import "#client/ui/hud/hud.css";
import "#client/ui/hud/match.css";
import "#client/ui/hud/scores.css";
import "#client/ui/hud/scoreboard.css";
import "#client/ui/hud/fightnews.css";
import { Hud } from "#client/ui/hud/Hud.tsx";
import { Scoreboard } from "#client/ui/hud/Scoreboard.tsx";
import { ClipButton, ClipPanel } from "./ClipPanel.tsx";
import { replay } from "./replayModel.ts";

export function ReplayScreen() {
  if (replay.value.is !== "open") return null;
  return (
    <>
      <Hud />
      <Scoreboard />
      <div class="over-view">
        <div class="clip-place">
          <ClipPanel />
          <ClipButton />
        </div>
      </div>
    </>
  );
}
