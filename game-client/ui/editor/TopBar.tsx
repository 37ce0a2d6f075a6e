/** The editor's head: the way back, what is drawn, whether it can be played and is stored, who is here, and what to do with it. */
import { useState } from "preact/hooks";
import { faults } from "#client/editor/editorModel.ts";
import { everybody, isLinked, isStored, pendingCount } from "#client/editor/editorRoom.ts";
import { teamHue } from "#client/palette.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { BackIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Dot, HelpIcon, Light, PanelIcon } from "./editorIcons.tsx";
import {
  closePanel,
  isPlayable,
  isShown,
  mayEdit,
  openDialog,
  openPanel,
  panel,
  shownTab,
  tell,
  title,
  toggleTab,
} from "./panelModel.ts";

export function TopBar() {
  return (
    <header class="editor-top glass">
      <Leave />
      <div class="editor-name">
        <strong translate={false}>{title.value || STRINGS.drafts.untitled}</strong>
        <StoredState />
      </div>
      <FaultsButton />
      <PeopleButton />
      <span class="editor-acts">
        {mayEdit.value && <TryButton />}
        <Button
          look="icon"
          label={STRINGS.editor.panel}
          expanded={panel.value !== undefined}
          onPress={() => (panel.value ? closePanel() : openPanel(shownTab.value))}
        >
          <PanelIcon />
        </Button>
        <Button
          look="icon"
          label={STRINGS.editor.help.open}
          onPress={() => {
            openDialog.value = "help";
          }}
        >
          <HelpIcon />
        </Button>
        <SettingsButton />
        <MuteButton />
      </span>
    </header>
  );
}

/** This tab keeps changes that are not stored yet: the first press says so, the second one leaves. */
function Leave() {
  const intents = useIntents();
  const [isWarned, setWarned] = useState(false);
  const leave = () => {
    if (isStored.peek() || isWarned) return intents.back();
    setWarned(true);
    tell(STRINGS.editor.leaveUnstored);
  };
  return (
    <span data-back>
      <Button look="icon" label={STRINGS.editor.leave} onPress={leave}>
        <BackIcon />
      </Button>
    </span>
  );
}

function StoredState() {
  const words = STRINGS.editor.stored;
  const text = isLinked.value ? (isStored.value ? words.yes : words.soon) : words.offline(pendingCount.value);
  return (
    <span class={isLinked.value ? "editor-stored" : "editor-stored editor-offline"} role="status">
      {mayEdit.value || !isLinked.value ? text : STRINGS.editor.roles.viewer}
    </span>
  );
}

function FaultsButton() {
  const words = STRINGS.editor.light;
  const text = isPlayable.value ? words.playable : words.faults(faults.value.length);
  return (
    <span class="editor-light">
      <Button look="quiet" expanded={isShown("faults")} onPress={() => toggleTab("faults")}>
        <Light isOn={isPlayable.value} />
        <span role="status">{text}</span>
      </Button>
    </span>
  );
}

/** Names of more people than this would not fit. */
const DOTS_MAX = 5;

function PeopleButton() {
  const here = everybody.value;
  return (
    <span class="editor-people">
      <Button
        look="quiet"
        label={STRINGS.editor.people.title(here.length)}
        expanded={isShown("people")}
        onPress={() => toggleTab("people")}
      >
        {here.slice(0, DOTS_MAX).map(({ id, name, colour }) => (
          <Dot key={id} hue={teamHue(colour)}>
            {[...name][0]}
          </Dot>
        ))}
        {here.length > DOTS_MAX && <span class="figures">+{here.length - DOTS_MAX}</span>}
      </Button>
    </span>
  );
}

function TryButton() {
  return (
    <Button
      look="primary"
      disabled={!isPlayable.value}
      onPress={() => {
        openDialog.value = "try";
      }}
    >
      <PlayIcon />
      {STRINGS.editor.tryOut.open}
    </Button>
  );
}
