/** While ticks stand still: who wished it so, and for who hosts the way on. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { PauseIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { wordsFor } from "./asking.ts";
import { mayHost, pausedBy, room, roomOpen } from "./roomModel.ts";

export function PausedBanner() {
  const intents = useIntents();
  const [said, setSaid] = useState("");
  if (!room.value?.paused || roomOpen.value) return null;
  const words = STRINGS.room.paused;
  const title = pausedBy.value ? words.by(pausedBy.value) : words.title;
  const resume = async () => {
    const outcome = await intents.host({ do: "start" });
    setSaid(outcome.ok ? "" : wordsFor(outcome));
  };
  return (
    <div class="over-view">
      <section class="room-banner glass" aria-label={title}>
        <h2 class="banner-title">
          <PauseIcon />
          {title}
        </h2>
        <p>{words.body}</p>
        {mayHost.value && (
          <Button look="primary" onPress={() => void resume()}>
            <PlayIcon />
            {STRINGS.hostActions.resume}
          </Button>
        )}
        <p class={said ? "room-banner-said" : "visually-hidden"} role="status">
          {said}
        </p>
      </section>
    </div>
  );
}
