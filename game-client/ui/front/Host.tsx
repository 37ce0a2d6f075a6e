/** A room of one's own: a name and one press; what it is like can be set, and is remembered. */
import { useEffect, useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { Fold } from "./Fold.tsx";
import { errorsIn, fitMap, recallDraft, rememberDraft } from "./hostDraft.ts";
import { matchSum, playersSum, roomSum } from "./hostSums.ts";
import { chooseName, NameField } from "./NameField.tsx";
import { OutcomeNotice } from "./OutcomeNotice.tsx";
import { Pane } from "./Pane.tsx";
import { MatchFields, PlayersFields, RoomFields } from "./SettingsFields.tsx";
import { useMaps } from "./useMaps.ts";

const MATCH = ["mode", "map", "scoreLimit", "timeLimitMin", "friendlyFire", "vote"] as const;
const PLAYERS = ["players", "bots", "botSkill", "teamChoice"] as const;
const ROOM = ["title", "listed", "spectating", "seatKeptSec"] as const;

export function Host({ outcome }: { outcome?: JoinOutcome | undefined }) {
  const intents = useIntents();
  const maps = useMaps();
  const [draft, set] = useState(recallDraft);
  const [password, setPassword] = useState("");
  const errors = errorsIn(draft);
  const has = (names: readonly (keyof RoomSettings)[]) => names.some((name) => errors[name]);
  useEffect(() => set((before) => fitMap(before, maps)), [maps]);

  const host = (event: Event) => {
    event.preventDefault();
    const settings = RoomSettings.safeParse(draft).data;
    if (!settings) return;
    rememberDraft(settings);
    intents.enter(chooseName(), { kind: "host", settings, password });
  };
  const fields = { draft, set, errors };
  return (
    <Pane title={STRINGS.front.host}>
      <form class="pane-form" onSubmit={host} noValidate>
        <div class="pane-body">
          {outcome && <OutcomeNotice outcome={outcome} />}
          <p class="pane-note">{STRINGS.front.hostForm.how}</p>
          <NameField focus />
          <Fold name={STRINGS.front.hostForm.match} sum={matchSum(draft)} wrong={has(MATCH)}>
            <MatchFields {...fields} maps={maps} />
          </Fold>
          <Fold name={STRINGS.front.players} sum={playersSum(draft)} wrong={has(PLAYERS)}>
            <PlayersFields {...fields} />
          </Fold>
          <Fold name={STRINGS.front.hostForm.room} sum={roomSum(draft, password)} wrong={has(ROOM)}>
            <RoomFields {...fields} password={password} setPassword={setPassword} />
          </Fold>
        </div>
        <footer class="pane-foot">
          <Button look="primary">
            {STRINGS.front.hostForm.go}
            <PlayIcon />
          </Button>
        </footer>
      </form>
    </Pane>
  );
}
