/** What lies over the game while it is played; it takes the pointer on its buttons only. */

import { ChatButton } from "#client/ui/chat/Chat.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { LeaveIcon } from "#client/ui/kit/icons.tsx";
import { RoomButton } from "#client/ui/room/RoomPanel.tsx";
import { WatchBar } from "#client/ui/room/WatchBar.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { isDecided, life } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { HealthBar } from "./HealthBar.tsx";
import { HitMarks } from "./HitMarks.tsx";
import { KillFeed } from "./KillFeed.tsx";
import { KitBar } from "./Loadout.tsx";
import { MatchHead } from "./MatchHead.tsx";
import { Minimap } from "./Minimap.tsx";
import { NetGraph } from "./NetGraph.tsx";
import { Ping } from "./Ping.tsx";
import { RespawnCard } from "./RespawnCard.tsx";
import { ScoreList } from "./ScoreList.tsx";

export function Hud() {
  const intents = useIntents();
  return (
    <div class="over-view">
      <div class="hud">
        <MatchHead />
        <HitMarks />
        <KillFeed />
        <ScoreList />
        {!isDecided.value && <Vitals />}
        <div class="hud-buttons">
          <SettingsButton />
          <RoomButton />
          <ChatButton />
          {/* Held upright a phone has no room for these: the settings have them as well. */}
          <span class="hud-buttons-more">
            <MuteButton />
            <Button look="icon" label={STRINGS.leave} onPress={() => intents.leave()}>
              <LeaveIcon />
            </Button>
          </span>
        </div>
        <Minimap />
        <Ping />
        <NetGraph />
      </div>
    </div>
  );
}

function Vitals() {
  const now = life.value;
  if (now.kind === "watching") return <WatchBar />;
  if (now.kind === "destroyed") {
    return <RespawnCard killer={now.killer} weapon={now.weapon} respawnInSec={now.respawnInSec} />;
  }
  return (
    <>
      <HealthBar hp={now.hp} shield={now.shield} />
      <KitBar />
    </>
  );
}
