/** Everything over the arena while the player is in a room. */
// Styles of the parts that come with the arena, in the order of their cascade.
import "./hud.css";
import "./loadout.css";
import "#client/ui/teach/teach.css";
import "./match.css";
import "./scores.css";
import "./scoreboard.css";
import "./results.css";
import "./fightnews.css";
import "./deathcard.css";
import "./netgraph.css";
import "#client/ui/room/room.css";
import "#client/ui/chat/chat.css";
import "./touch.css";
import type { Signal } from "@preact/signals";
import { deviceInUse } from "#client/deviceInUse.ts";
import { Chat } from "#client/ui/chat/Chat.tsx";
import { Banner } from "#client/ui/kit/Banner.tsx";
import { HeldBanner, PausedBanner } from "#client/ui/room/RoomBanners.tsx";
import { RoomPanel } from "#client/ui/room/RoomPanel.tsx";
import { roomOpen } from "#client/ui/room/roomModel.ts";
import {
  idleAt,
  isDecided,
  lateUntil,
  life,
  restartAt,
  type Screen,
  settingsOpen,
} from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isOnRange } from "#client/ui/teach/range.ts";
import { Captions } from "./Captions.tsx";
import { Hud } from "./Hud.tsx";
import { Results } from "./Results.tsx";
import { Scoreboard } from "./Scoreboard.tsx";
import { TouchControls } from "./TouchControls.tsx";
import { asksToTurn, TurnCard } from "./TurnCard.tsx";

export { WatchedFight } from "./WatchedFight.tsx";

export function OverArena({ now }: { now: Extract<Screen, { kind: "playing" | "dropped" }> }) {
  return (
    <>
      <Hud />
      {now.kind === "dropped" ? <DroppedBanner seatLostAt={now.seatLostAt} /> : <Playing />}
    </>
  );
}

function Playing() {
  return (
    <>
      <Captions />
      {mayTouch() && (asksToTurn() ? <TurnCard /> : <TouchControls />)}
      <Results />
      <HeldBanner />
      <PausedBanner />
      <AnnouncedBanner at={restartAt} {...STRINGS.closing} />
      <AnnouncedBanner at={idleAt} {...STRINGS.idle} />
      <LateBanner />
      {!isOnRange.value && <Chat />}
      <Scoreboard />
      <RoomPanel />
    </>
  );
}

const mayTouch = () =>
  deviceInUse.value === "touch" &&
  life.value.kind !== "watching" &&
  !settingsOpen.value &&
  !roomOpen.value &&
  !isDecided.value;

function DroppedBanner({ seatLostAt }: { seatLostAt: number }) {
  if (lateUntil.value !== undefined) return <LateBanner />;
  return <Banner until={seatLostAt} {...STRINGS.dropped} />;
}

/** The picture of a spectator who sees everything late is on its way. */
const LateBanner = () => (
  <AnnouncedBanner at={lateUntil} title={STRINGS.joining.title} body={STRINGS.joining.lateFor} />
);

interface Announced {
  /** When the server does what it has announced; undefined while nothing is announced. */
  at: Signal<number | undefined>;
  title: string;
  body(time: string): string;
}

/** Counts down to what the server has announced; the fight goes on until then. */
function AnnouncedBanner({ at, title, body }: Announced) {
  if (at.value === undefined) return null;
  return <Banner title={title} until={at.value} body={body} />;
}
