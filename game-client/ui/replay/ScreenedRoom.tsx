/** Everything over the arena while the player's room watches a replay. */
import { Chat } from "#client/ui/chat/Chat.tsx";
import { Hud } from "#client/ui/hud/Hud.tsx";
import { ClosingBanner, DroppedBanner } from "#client/ui/hud/OverArena.tsx";
import { RoomPanel } from "#client/ui/room/RoomPanel.tsx";
import type { Screen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ReplayScreen } from "./ReplayScreen.tsx";
import { replay } from "./replayModel.ts";

export function ScreenedRoom({ now }: { now: Extract<Screen, { kind: "playing" | "dropped" }> }) {
  return (
    <div class="screened">
      {replay.value.is === "failed" ? <NotHere /> : <ReplayScreen />}
      {now.kind === "dropped" ? (
        <DroppedBanner seatLostAt={now.seatLostAt} />
      ) : (
        <>
          <ClosingBanner />
          <Chat />
          <RoomPanel />
        </>
      )}
    </div>
  );
}

/** The others may see the replay: this page waits with them, over the room's arena. */
function NotHere() {
  return (
    <>
      <Hud />
      <div class="over-view">
        <p class="room-banner glass" role="alert">
          {STRINGS.together.failed}
        </p>
      </div>
    </>
  );
}
