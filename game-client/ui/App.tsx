/** Chooses what the page shows. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { Announcer } from "./Announcer.tsx";
import { Banner } from "./Banner.tsx";
import { Captions } from "./Captions.tsx";
import { Chat } from "./chat/Chat.tsx";
import { Front } from "./front/Front.tsx";
import { Hud } from "./Hud.tsx";
import { Joining } from "./Joining.tsx";
import { isDecided, life, restartAt, type Screen, screen, settingsOpen } from "./model.ts";
import { Results } from "./Results.tsx";
import { HeldBanner } from "./room/HeldBanner.tsx";
import { PausedBanner } from "./room/PausedBanner.tsx";
import { RoomPanel } from "./room/RoomPanel.tsx";
import { roomOpen } from "./room/roomModel.ts";
import { Restarting, Stale, Unreachable } from "./ServerScreens.tsx";
import { Settings } from "./settings/Settings.tsx";
import { STRINGS } from "./strings.ts";
import { TouchControls } from "./TouchControls.tsx";

export function App() {
  const now = screen.value;
  return (
    <>
      <Announcer />
      <main>
        <CurrentScreen now={now} />
      </main>
      <Settings />
    </>
  );
}

function CurrentScreen({ now }: { now: Screen }) {
  switch (now.kind) {
    case "joining":
      return <Joining />;
    case "playing":
      return (
        <>
          <Hud />
          <OverFight />
          <Results />
          <HeldBanner />
          <PausedBanner />
          <RestartBanner />
          <Chat />
          <RoomPanel />
        </>
      );
    case "dropped":
      return (
        <>
          <Hud />
          <Banner title={STRINGS.dropped.title} until={now.seatLostAt}>
            {STRINGS.dropped.body}
          </Banner>
        </>
      );
    case "restarting":
      return <Restarting />;
    case "unreachable":
      return <Unreachable reason={now.reason} />;
    case "stale":
      return <Stale />;
    default:
      return <Front now={now} />;
  }
}

function OverFight() {
  return (
    <>
      <Captions />
      {mayTouch() && !isDecided.value && <TouchControls />}
    </>
  );
}

const mayTouch = () =>
  deviceInUse.value === "touch" && life.value.kind !== "watching" && !settingsOpen.value && !roomOpen.value;

/** Once the server has said so; the fight goes on underneath. */
function RestartBanner() {
  if (restartAt.value === undefined) return null;
  return (
    <Banner title={STRINGS.closing.title} until={restartAt.value}>
      {STRINGS.closing.body}
    </Banner>
  );
}
