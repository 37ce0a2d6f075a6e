/** In the panel's tab for hosts: shows a replay to the whole room, by its link, or ends it. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { isScreened } from "#client/ui/replay/screeningModel.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type ReplayLink, readReplayLink } from "#shared/replay/link.ts";
import { closeRoom } from "./closeRoom.ts";
import { panelNotice, showOutcome } from "./requestOutcome.ts";

const LINK_MAX_CHARS = 300;

export function ScreeningTools() {
  const intents = useIntents();
  const words = STRINGS.together;
  if (!isScreened.value) return <LinkForm />;
  return (
    <div class="room-row">
      <Button look="plain" onPress={() => void showOutcome(intents.host({ do: "screenEnd" }))}>
        {words.end}
      </Button>
    </div>
  );
}

function LinkForm() {
  const intents = useIntents();
  const [typed, setTyped] = useState("");
  const words = STRINGS.together;
  const show = async (event: Event) => {
    event.preventDefault();
    const link = linkIn(typed);
    const request = link && (await intents.findReplay(link));
    if (!request) panelNotice.value = words.noReplay;
    else if (await showOutcome(intents.host({ do: "screen", ...request }))) closeRoom();
  };
  return (
    <form class="field" onSubmit={(event) => void show(event)}>
      <label class="field-name" for="room-replay">
        {words.title}
      </label>
      <span class="field-text">
        <input
          id="room-replay"
          type="text"
          inputMode="url"
          autocomplete="off"
          placeholder={words.link}
          maxLength={LINK_MAX_CHARS}
          value={typed}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            panelNotice.value = "";
          }}
        />
        <Button look="plain">{words.show}</Button>
      </span>
    </form>
  );
}

/** A whole address, or what stands behind the site's name. */
function linkIn(text: string): ReplayLink | undefined {
  const path = /\/replay\/.*/.exec(text.trim())?.[0];
  return path === undefined ? undefined : readReplayLink(new URL(path, location.origin));
}
