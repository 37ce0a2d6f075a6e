/** Chooses what the page shows. */
import { Announcer } from "./Announcer.tsx";
import { DroppedBanner } from "./DroppedBanner.tsx";
import { Hud } from "./Hud.tsx";
import { Joining } from "./Joining.tsx";
import { type Screen, screen } from "./model.ts";
import { Restarting, Stale, Unreachable } from "./ServerScreens.tsx";
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
      return <Hud />;
    case "dropped":
      return (
        <>
          <Hud />
          <DroppedBanner seatLostAt={now.seatLostAt} />
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
