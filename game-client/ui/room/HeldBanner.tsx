/** Before the match: who hosts starts it and brings friends in; the others are told whom they wait for. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { match } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { wordsFor } from "./asking.ts";
import { Invite } from "./Invite.tsx";
import { host, mayHost, room, roomOpen } from "./roomModel.ts";

export function HeldBanner() {
  if (!room.value?.held || roomOpen.value || match.value?.phase === "results") return null;
  return (
    <div class="over-view">
      <section
        class={mayHost.value ? "room-banner room-banner-host glass" : "room-banner glass"}
        aria-label={STRINGS.match.phases.waiting}
      >
        {mayHost.value ? <Hosting /> : <Waiting />}
      </section>
    </div>
  );
}

function Waiting() {
  const words = STRINGS.room.held;
  const name = host.value?.name;
  return (
    <>
      <h2 class="banner-title">{name ? words.waitTitle(name) : words.waitNobody}</h2>
      <p>{words.waitBody}</p>
    </>
  );
}

function Hosting() {
  const intents = useIntents();
  const [said, setSaid] = useState("");
  const words = STRINGS.room.held;
  const start = async () => {
    const outcome = await intents.host({ do: "start" });
    setSaid(outcome.ok ? "" : wordsFor(outcome));
  };
  return (
    <>
      <h2 class="banner-title">{words.hostTitle}</h2>
      <p>{words.hostBody}</p>
      <Invite onTold={setSaid} />
      <Button look="primary" onPress={() => void start()}>
        <PlayIcon />
        {STRINGS.hostActions.start}
      </Button>
      <p class={said ? "room-banner-said" : "visually-hidden"} role="status">
        {said}
      </p>
    </>
  );
}
