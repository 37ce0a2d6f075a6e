/** The screens before a room. The title comes with the page; each of the others is fetched when it first opens. */
import { lazily } from "#client/ui/kit/lazily.tsx";
import type { FrontScreen } from "#client/ui/state/model.ts";
import { Title } from "./Title.tsx";

const Host = lazily(() => import("./Host.tsx").then((part) => part.Host));
const Browse = lazily(() => import("./rooms.ts").then((part) => part.Browse));
const CodeEntry = lazily(() => import("./rooms.ts").then((part) => part.CodeEntry));
const Gate = lazily(() => import("./rooms.ts").then((part) => part.Gate));
const Account = lazily(() => import("#client/ui/account/Account.tsx").then((part) => part.Account));
const ReplayScreen = lazily(() =>
  import("#client/ui/replay/overReplay.ts").then((part) => part.ReplayScreen),
);
const EditorScreen = lazily(() =>
  import("#client/ui/editor/overEditor.ts").then((part) => part.EditorScreen),
);
const Player = lazily(() => import("#client/ui/progress/pages.ts").then((part) => part.Player));
const Match = lazily(() => import("#client/ui/progress/pages.ts").then((part) => part.Match));
const Career = lazily(() => import("#client/ui/progress/pages.ts").then((part) => part.Career));
const Leaderboard = lazily(() => import("#client/ui/progress/pages.ts").then((part) => part.Leaderboard));
const Arenas = lazily(() => import("#client/ui/gallery/pages.ts").then((part) => part.Arenas));
const ArenaPage = lazily(() => import("#client/ui/gallery/pages.ts").then((part) => part.ArenaPage));
const Live = lazily(() => import("#client/ui/live/pages.ts").then((part) => part.Live));
/** Nobody is there who could press a button: it tries again by itself. */
const Overlay = lazily(() => import("#client/ui/live/pages.ts").then((part) => part.Overlay), {
  waiting: () => null,
  failed: () => setTimeout(() => location.reload(), RELOAD_MS),
});
const Weapons = lazily(() => import("#client/ui/teach/Weapons.tsx").then((part) => part.Weapons));

const RELOAD_MS = 15_000;

export function Front({ now }: { now: FrontScreen }) {
  switch (now.kind) {
    case "title":
      return <Title outcome={now.outcome} />;
    case "host":
      return <Host outcome={now.outcome} screening={now.screening} map={now.map} />;
    case "browse":
      return <Browse />;
    case "code":
      return <CodeEntry />;
    case "gate":
      return <Gate key={now.code} code={now.code} outcome={now.outcome} />;
    case "account":
      return <Account key={now.code ?? now.ticket} code={now.code} ticket={now.ticket} />;
    case "replay":
      return <ReplayScreen />;
    case "editor":
      return <EditorScreen outcome={now.outcome} />;
    case "player":
      return <Player key={now.name} name={now.name} />;
    case "match":
      return <Match key={now.id} id={now.id} />;
    case "career":
      return <Career />;
    case "leaderboard":
      return <Leaderboard />;
    case "live":
      return <Live />;
    case "arenas":
      return <Arenas />;
    case "arena":
      return <ArenaPage key={now.id} id={now.id} />;
    case "overlay":
      return <Overlay code={now.code} />;
    case "weapons":
      return <Weapons />;
  }
}
