/** Chooses what the page shows. */
import { Announcer } from "./Announcer.tsx";
import { Banner } from "./Banner.tsx";
import { Hud } from "./Hud.tsx";
import { Joining } from "./Joining.tsx";
import { restartAt, type Screen, screen } from "./model.ts";
import { Results } from "./Results.tsx";
import { Restarting, Stale, Unreachable } from "./ServerScreens.tsx";
import { STRINGS } from "./strings.ts";
import { Title } from "./Title.tsx";

export function App() {
  const now = screen.value;
  return (
    <>
      <Announcer />
      <main>
        <CurrentScreen now={now} />
      </main>
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

/** Once the server has said so; the fight goes on underneath. */
function RestartBanner() {
  if (restartAt.value === undefined) return null;
  return (
    <Banner title={STRINGS.closing.title} until={restartAt.value}>
      {STRINGS.closing.body}
    </Banner>
  );
}
