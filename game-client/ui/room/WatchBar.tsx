/** For who watches: whom, how late, and the ways to somebody else, to a free camera, and into the fight. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { ArrowIcon, EyeIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { wordsFor } from "./asking.ts";
import { followed, followedPerson, followNext, watching } from "./watchModel.ts";

export function WatchBar() {
  const intents = useIntents();
  const [said, setSaid] = useState("");
  const words = STRINGS.watch;
  const isLate = watching.value?.mode === "delayed";
  const play = async () => {
    const outcome = await intents.place({ to: "players" });
    setSaid(outcome.ok ? "" : wordsFor(outcome));
  };
  return (
    <section class="watch glass" aria-label={words.title}>
      <div class="watch-whom">
        <Button look="icon" label={words.previous} onPress={() => followNext(-1)}>
          <ArrowIcon to="left" />
        </Button>
        <p class="watch-name" aria-live="polite">
          <Whom />
          {isLate && <span class="watch-late">{words.late}</span>}
        </p>
        <Button look="icon" label={words.next} onPress={() => followNext(1)}>
          <ArrowIcon to="right" />
        </Button>
      </div>
      <div class="watch-ways">
        {isLate && (
          <Button
            look="plain"
            pressed={followed.value === ""}
            onPress={() => {
              followed.value = "";
            }}
          >
            {words.freeCamera}
          </Button>
        )}
        <Button look="plain" onPress={() => void play()}>
          <PlayIcon />
          {words.play}
        </Button>
      </div>
      <p class={said ? "watch-said" : "visually-hidden"} role="status">
        {said}
      </p>
    </section>
  );
}

function Whom() {
  const words = STRINGS.watch;
  const person = followedPerson();
  if (person) {
    return (
      <>
        <TeamMark team={person.team} />
        <strong>{words.following(person.name)}</strong>
      </>
    );
  }
  return (
    <>
      <EyeIcon />
      <strong>{watching.value?.mode === "delayed" ? words.free : words.nobody}</strong>
    </>
  );
}
