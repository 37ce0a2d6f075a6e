/** The form that hosts a room: a name and one press are enough; the settings are folded away and remembered. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { JoinOutcome } from "#client/joinRequest.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { FoldIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { offerBrought, withdraw } from "#client/ui/ownArena/brought.ts";
import { DropHere } from "#client/ui/ownArena/DropHere.tsx";
import { useFileDrop } from "#client/ui/ownArena/fileDrop.ts";
import { useBringing } from "#client/ui/ownArena/useBringing.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import type { FrontScreen } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings, type SettingRow } from "#shared/protocol/roomSettings.ts";
import { chooseMap, errorsIn, fitMap, recallDraft, rememberDraft } from "./hostDraft.ts";
import { chooseName, NameField } from "./NameField.tsx";
import { OutcomeNotice } from "./OutcomeNotice.tsx";
import { Pane } from "./Pane.tsx";
import { MatchFields, PlayersFields, RoomFields } from "./SettingsFields.tsx";
import { settingsIn } from "./settingWords.ts";
import { useMaps } from "./useMaps.ts";
import "./host.css";

export function Host({ outcome, screening, map }: Omit<Extract<FrontScreen, { kind: "host" }>, "kind">) {
  const intents = useIntents();
  const { draft, set, maps } = useDraft(map, outcome);
  const own = useBringing((offer) => set((now) => chooseMap(now, offer)));
  const isDropping = useFileDrop(own.bring);
  const [password, setPassword] = useState("");
  const errors = errorsIn(draft);
  const hasError = (part: SettingRow["part"]) => settingsIn(part).some((name) => errors[name]);

  const host = (event: Event) => {
    event.preventDefault();
    const settings = RoomSettings.safeParse(draft).data;
    if (!settings) return;
    rememberDraft(settings);
    intents.enter(chooseName(), { kind: "host", settings, password, screening });
  };
  const fields = { draft, set, errors };
  const words = STRINGS.front.hostForm;
  return (
    <Pane title={STRINGS.front.host}>
      <form class="pane-form" onSubmit={host} noValidate>
        <div class="pane-body">
          {outcome && <OutcomeNotice outcome={outcome} />}
          <p class="pane-note">{screening ? STRINGS.together.how : words.how}</p>
          <NameField focus />
          <Fold
            name={words.match}
            summary={matchSummary(draft)}
            isWanted={hasError("match") || map !== undefined || own.now.is !== "idle"}
          >
            <MatchFields {...fields} maps={maps} own={own} />
          </Fold>
          <Fold name={STRINGS.front.players} summary={playersSummary(draft)} isWanted={hasError("players")}>
            <PlayersFields {...fields} />
          </Fold>
          <Fold
            name={words.room}
            summary={roomSummary(draft, password)}
            isWanted={hasError("title") || hasError("room")}
          >
            <RoomFields {...fields} password={password} setPassword={setPassword} />
          </Fold>
        </div>
        <footer class="pane-foot">
          <Button look="primary">
            {words.go}
            <PlayIcon />
          </Button>
        </footer>
      </form>
      {isDropping && <DropHere />}
    </Pane>
  );
}

/** The settings of the player's last room, with a map that this server offers for their mode, or with the one that is asked for. */
function useDraft(wanted: MapOffer | undefined, outcome: JoinOutcome | undefined) {
  const [draft, set] = useState(() => {
    const last = recallDraft();
    if (wanted) {
      offerBrought(wanted);
      return chooseMap(last, wanted);
    }
    // Somebody has removed the arena since.
    const isGone = isBrought(last.map) && outcome?.kind === "refused" && outcome.code === REFUSAL.badSettings;
    if (isGone) withdraw(last.map);
    return isGone ? { ...last, map: "" } : last;
  });
  const maps = useMaps(draft.map);
  useEffect(() => set((before) => fitMap(before, maps)), [maps]);
  return { draft, set, maps };
}

interface FoldProps {
  name: string;
  /** Its settings in one line, shown while it is folded. */
  summary: string;
  /** Opens the fold, so that the player sees an error, or what became of a file. */
  isWanted: boolean;
  children: ComponentChildren;
}

function Fold({ name, summary, isWanted, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isWanted) setOpen(true);
  }, [isWanted]);
  const follow = (fold: HTMLDetailsElement) => {
    setOpen(fold.open);
    if (fold.open) fold.scrollIntoView({ block: "nearest" });
  };
  return (
    <details class="fold" open={isOpen} onToggle={({ currentTarget }) => follow(currentTarget)}>
      <summary>
        <FoldIcon />
        <span class="fold-name">{name}</span>
        <span class="fold-summary">{summary}</span>
      </summary>
      <div class="fold-body field-form">{children}</div>
    </details>
  );
}

const line = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(" · ");

const matchSummary = ({ mode, map, timeLimitMin }: RoomSettings): string =>
  line(STRINGS.modes[mode], mapTitle(map), `${timeLimitMin} ${STRINGS.roomSettings.minutes}`);

function playersSummary({ players, bots, botSkill }: RoomSettings): string {
  const skill = STRINGS.roomSettings.choices.botSkill[botSkill];
  return line(STRINGS.front.upTo(players), STRINGS.front.bots(bots), bots > 0 && skill);
}

function roomSummary({ title, listed }: RoomSettings, password: string): string {
  const words = STRINGS.front.hostForm;
  return line(title, listed ? words.isListed : words.isUnlisted, password !== "" && words.hasPassword);
}
