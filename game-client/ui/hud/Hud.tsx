/** What lies over the arena during play. It takes the pointer on its buttons only. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { ChatButton } from "#client/ui/chat/Chat.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { LeaveIcon } from "#client/ui/kit/icons.tsx";
import { RoomButton } from "#client/ui/room/RoomPanel.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isDecided, marks, pingMs } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { RangeButtons } from "#client/ui/teach/RangeButtons.tsx";
import { isOnRange } from "#client/ui/teach/range.ts";
import { Teaching } from "#client/ui/teach/Teaching.tsx";
import { Announcements, Headlines } from "./Announcements.tsx";
import { ClipNotice } from "./ClipNotice.tsx";
import { DeathCard } from "./DeathCard.tsx";
import { EmoteChoice, EmotesButton } from "./EmoteChoice.tsx";
import { KillFeed } from "./KillFeed.tsx";
import { LastSeconds } from "./LastSeconds.tsx";
import { MatchHead } from "./MatchHead.tsx";
import { Minimap } from "./Minimap.tsx";
import { NetGraph } from "./NetGraph.tsx";
import { ScoreList } from "./ScoreList.tsx";
import { Vitals } from "./Vitals.tsx";

export function Hud() {
  return (
    <div class="over-view">
      {/* Page translation would freeze what changes, and rewrite names. */}
      <div class="hud" translate={false}>
        <MatchHead />
        <HitMarks />
        <KillFeed />
        <ScoreList />
        <Headlines />
        <ClipNotice />
        {!isDecided.value && (
          <>
            <Announcements />
            <Teaching />
            <Vitals />
            <DeathCard />
          </>
        )}
        <HudButtons />
        <EmoteChoice />
        <Minimap />
        <Ping />
        <NetGraph />
      </div>
    </div>
  );
}

/** The range has nobody to talk to or to invite. */
function HudButtons() {
  const intents = useIntents();
  return (
    <div class="hud-buttons">
      <SettingsButton />
      {isOnRange.value ? (
        <RangeButtons />
      ) : (
        <>
          <RoomButton />
          <ChatButton />
          <EmotesButton />
          {/* Thumbs have no keys for clips. A phone has keys for its loudness. */}
          {deviceInUse.value === "touch" && <LastSeconds />}
          {/* A phone held upright has no room for these two; the settings have them as well. */}
          <span class="hud-buttons-more">
            {deviceInUse.value !== "touch" && <MuteButton />}
            <Button look="icon" label={STRINGS.leave} onPress={() => intents.leave()}>
              <LeaveIcon />
            </Button>
          </span>
        </>
      )}
    </div>
  );
}

/** Around the own drone: the direction of each hit taken. */
function HitMarks() {
  return (
    <div class="marks" aria-hidden="true">
      {marks.value.map(({ key, fromRad, at }) => (
        <span
          key={key}
          class="mark-taken"
          style={{
            left: `calc(${at.x} * var(--view-width))`,
            top: `calc(${at.y} * var(--view-height))`,
            transform: `rotate(${fromRad}rad)`,
          }}
        />
      ))}
    </div>
  );
}

const PING_BARS = [
  { x: 2, height: 6 },
  { x: 9, height: 12 },
  { x: 16, height: 18 },
] as const;

const BARS_LIT = { good: 3, fair: 2, poor: 1 } as const;

/** Up to 80 ms prediction hides the round trip; beyond 160 ms rewind and interpolation become visible. */
function pingQuality(ms: number): keyof typeof BARS_LIT {
  if (ms <= 80) return "good";
  return ms <= 160 ? "fair" : "poor";
}

/** The round trip as a number, and as bars whose count repeats their colour. */
function Ping() {
  const ms = Math.round(pingMs.value);
  const isMeasured = ms > 0;
  if (!isMeasured) return null;
  const quality = pingQuality(ms);
  return (
    <p class={`ping ping-${quality}`} aria-label={STRINGS.ping(ms)} role="img">
      <svg class="ping-bars" viewBox="0 0 24 24" aria-hidden="true">
        {PING_BARS.map(({ x, height }, index) => (
          <rect
            key={x}
            class={index < BARS_LIT[quality] ? "lit" : ""}
            x={x}
            y={21 - height}
            width="5"
            height={height}
          />
        ))}
      </svg>
      <span class="figures">{ms}</span> {STRINGS.pingUnit}
    </p>
  );
}
