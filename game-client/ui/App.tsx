/** The page: its current screen, the settings over it, and announcements for screen readers. */
import { Announcer } from "./Announcer.tsx";
import { Front } from "./front/Front.tsx";
import { CannotShow, Joining, Restarting, Stale, Unreachable } from "./front/ServerScreens.tsx";
import { OverArena } from "./hud/lazyArena.ts";
import { lazily } from "./kit/lazily.tsx";
import { MissingPart } from "./kit/MissingPart.tsx";
import { isScreened } from "./replay/screeningModel.ts";
import { Settings } from "./settings/Settings.tsx";
import { home, type Screen, screen } from "./state/model.ts";

const ScreenedRoom = lazily(() => import("./replay/overReplay.ts").then((part) => part.ScreenedRoom));
const TryBar = lazily(() => import("./editor/overEditor.ts").then((part) => part.TryBar), {
  waiting: () => null,
});

export function App() {
  const now = screen.value;
  return (
    <>
      <Announcer />
      <div class="screen">
        <CurrentScreen now={now} />
      </div>
      <Settings />
      {now.kind !== "overlay" && <MissingPart />}
    </>
  );
}

function CurrentScreen({ now }: { now: Screen }) {
  switch (now.kind) {
    case "joining":
      return <Joining />;
    case "playing":
    case "dropped":
      return (
        <>
          {isScreened.value ? <ScreenedRoom now={now} /> : <OverArena now={now} />}
          {home.value && <TryBar />}
        </>
      );
    case "restarting":
      return <Restarting />;
    case "unreachable":
      return <Unreachable />;
    case "cannotShow":
      return <CannotShow why={now.why} />;
    case "stale":
      return <Stale />;
    default:
      return <Front now={now} />;
  }
}
