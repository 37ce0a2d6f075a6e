/** Chooses what the page shows. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { Announcer } from "./Announcer.tsx";
import { Banner } from "./Banner.tsx";
import { Captions } from "./Captions.tsx";
import { Hud } from "./Hud.tsx";
import { Joining } from "./Joining.tsx";
import { isDecided, restartAt, type Screen, screen, settingsOpen } from "./model.ts";
import { Results } from "./Results.tsx";
import { Restarting, Stale, Unreachable } from "./ServerScreens.tsx";
import { SettingsDialog } from "./settings/SettingsDialog.tsx";
import { STRINGS } from "./strings.ts";
import { Title } from "./Title.tsx";
import { TouchControls } from "./TouchControls.tsx";

export function App() {
  const now = screen.value;
  return (
    <>
      <Announcer />
      <main>
        <CurrentScreen now={now} />
      </main>
      <SettingsDialog />
    </>
  );
}

function CurrentScreen({ now }: { now: Screen }) {
  switch (now.kind) {
    case "title":
      return <Title notice={now.notice ?? ""} />;
    case "joining":
      return <Joining />;
    case "playing":
      return (
        <>
          <Hud />
          <OverFight />
          <Results />
          <RestartBanner />
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
  }
}

function OverFight() {
  return (
    <>
      <Captions />
      {deviceInUse.value === "touch" && !settingsOpen.value && !isDecided.value && <TouchControls />}
    </>
  );
}

/** Once the server has said so; the fight goes on underneath. */
function RestartBanner() {
  if (restartAt.value === undefined) return null;
  return (
    <Banner title={STRINGS.closing.title} until={restartAt.value}>
      {STRINGS.closing.body}
    </Banner>
  );
}
