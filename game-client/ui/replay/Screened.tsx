/** The picture of a room that watches a replay. */
import { Hud } from "#client/ui/hud/Hud.tsx";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { replay } from "./replayModel.ts";

const ReplayScreen = lazily(() => import("./overReplay.ts").then((part) => part.ReplayScreen), {
  waiting: () => null,
});

export function Screened() {
  if (replay.value.is !== "failed") return <ReplayScreen />;
  // The others may see it: this page waits with them, over the room's arena.
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
