/** All that lies over the arena while one is in a room. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { Chat } from "#client/ui/chat/Chat.tsx";
import { Banner } from "#client/ui/kit/Banner.tsx";
import { HeldBanner } from "#client/ui/room/HeldBanner.tsx";
import { PausedBanner } from "#client/ui/room/PausedBanner.tsx";
import { RoomPanel } from "#client/ui/room/RoomPanel.tsx";
import { roomOpen } from "#client/ui/room/roomModel.ts";
import { isDecided, life, restartAt, type Screen, settingsOpen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Captions } from "./Captions.tsx";
import { Hud } from "./Hud.tsx";
import { Results } from "./Results.tsx";
import { TouchControls } from "./TouchControls.tsx";

export function OverArena({ now }: { now: Extract<Screen, { kind: "playing" | "dropped" }> }) {
  return (
    <>
      <Hud />
      {now.kind === "dropped" ? <Dropped seatLostAt={now.seatLostAt} /> : <Playing />}
    </>
  );
}

function Playing() {
  return (
    <>
      <Captions />
      {mayTouch() && <TouchControls />}
      <Results />
      <HeldBanner />
      <PausedBanner />
      <RestartBanner />
      <Chat />
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

function Dropped({ seatLostAt }: { seatLostAt: number }) {
  return (
    <Banner title={STRINGS.dropped.title} until={seatLostAt}>
      {STRINGS.dropped.body}
    </Banner>
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
