/** The panel's tab for host and co-hosts: start and stop the match, lock the room, set its password, add bots. */
import { useRef } from "preact/hooks";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { Switch } from "#client/ui/kit/fields.tsx";
import { PauseIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { isScreened } from "#client/ui/replay/screeningModel.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { closeRoom } from "./closeRoom.ts";
import { showOutcome } from "./requestOutcome.ts";
import { room } from "./roomModel.ts";
import { ScreeningTools } from "./ScreeningTools.tsx";

export function MatchTab() {
  const intents = useIntents();
  const act = (action: HostAction) => showOutcome(intents.host(action));
  const now = room.value;
  if (!now) return null;
  const words = STRINGS.hostActions;
  return (
    <>
      <MatchButtons act={act} />
      <ScreeningTools />
      <Switch name={words.lock} on={now.locked} set={(locked) => void act({ do: "lock", locked })} />
      <Password act={act} isSet={now.password} />
      <div class="room-row">
        <Button look="plain" onPress={() => void act({ do: "addBot" })}>
          {words.addBot}
        </Button>
        <Button look="plain" onPress={() => void act({ do: "forgiveAll" })}>
          {words.forgiveAll}
        </Button>
      </div>
    </>
  );
}

/** Resolves to whether the room did it. */
type Act = (action: HostAction) => Promise<boolean>;

function MatchButtons({ act }: { act: Act }) {
  const words = STRINGS.hostActions;
  const { held = false, paused = false } = room.value ?? {};
  const phase = match.value?.phase;
  // Until the replay is over, the match is not the host's to start or to end.
  if (isScreened.value) return null;
  const isRunning = !held && (phase === "live" || phase === "countdown");
  const start = async () => {
    if (await act({ do: "start" })) closeRoom();
  };
  return (
    <div class="room-row">
      {(held || paused) && (
        <Button look="primary" onPress={() => void start()}>
          <PlayIcon />
          {paused ? words.resume : words.start}
        </Button>
      )}
      {isRunning && !paused && (
        <Button look="plain" onPress={() => void act({ do: "pause" })}>
          <PauseIcon />
          {words.pause}
        </Button>
      )}
      {isRunning && (
        <>
          <AskOnce text={words.end} question={words.confirm.end} onYes={() => void act({ do: "end" })} />
          <AskOnce
            text={words.restart}
            question={words.confirm.restart}
            onYes={() => void act({ do: "restart" })}
          />
        </>
      )}
    </div>
  );
}

const PASSWORD_MAX_CHARS = 64;

function Password({ act, isSet }: { act: Act; isSet: boolean }) {
  const words = STRINGS.hostActions;
  const field = useRef<HTMLInputElement>(null);
  const set = async (event: Event) => {
    event.preventDefault();
    const password = field.current?.value ?? "";
    if ((await act({ do: "password", password })) && field.current) field.current.value = "";
  };
  return (
    <form class="field" onSubmit={set}>
      <label class="field-name" for="room-password">
        {words.password.label}
      </label>
      <span class="field-text">
        <input
          ref={field}
          id="room-password"
          type="text"
          autocomplete="off"
          maxLength={PASSWORD_MAX_CHARS}
          aria-describedby="room-password-now"
        />
        <Button look="plain">{words.password.set}</Button>
      </span>
      <small id="room-password-now" class="field-note">
        {isSet ? words.password.isSet : words.password.unset}
      </small>
    </form>
  );
}
