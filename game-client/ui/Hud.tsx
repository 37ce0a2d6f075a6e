/** What lies over the game while it is played; it takes the pointer on its buttons only. */
import { Button } from "./Button.tsx";
import { ChatButton } from "./chat/Chat.tsx";
import { HealthBar } from "./HealthBar.tsx";
import { HitMarks } from "./HitMarks.tsx";
import { LeaveIcon } from "./icons.tsx";
import { useIntents } from "./intents.ts";
import { KillFeed } from "./KillFeed.tsx";
import { KitBar } from "./Kit.tsx";
import { MatchHead } from "./MatchHead.tsx";
import { Minimap } from "./Minimap.tsx";
import { MuteButton } from "./MuteButton.tsx";
import { isDecided, life } from "./model.ts";
import { NetGraph } from "./NetGraph.tsx";
import { Ping } from "./Ping.tsx";
import { RespawnCard } from "./RespawnCard.tsx";
import { RoomButton } from "./room/RoomPanel.tsx";
import { WatchBar } from "./room/WatchBar.tsx";
import { ScoreList } from "./ScoreList.tsx";
import { SettingsButton } from "./SettingsButton.tsx";
import { STRINGS } from "./strings.ts";

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
