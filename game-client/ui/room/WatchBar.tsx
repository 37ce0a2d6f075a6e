/** A spectator's controls: the watched player, the next and the previous one, the free camera, and a way to play. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { ArrowIcon, PlayIcon } from "#client/ui/kit/icons.tsx";
import { EyeIcon } from "#client/ui/kit/peopleIcons.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { answerText } from "./requestOutcome.ts";
import { followed, followedPerson, followNext, isStill, watching } from "./watchModel.ts";

export function WatchBar() {
  const words = STRINGS.watch;
  const isDelayed = watching.value?.mode === "delayed";
  const { play, notice: refusal } = usePlay();
  const notice = refusal || (isStill.value ? words.still : "");
  return (
    <section class="watch glass" aria-label={words.title}>
      <div class="watch-player">
        <Button look="icon" label={words.previous} onPress={() => followNext(-1)}>
          <ArrowIcon to="left" />
        </Button>
        <p class="watch-name" aria-live="polite">
          <Watched isDelayed={isDelayed} />
          {isDelayed && <span class="watch-late">{words.late}</span>}
        </p>
        <Button look="icon" label={words.next} onPress={() => followNext(1)}>
          <ArrowIcon to="right" />
        </Button>
      </div>
      <div class="watch-ways">
        {isDelayed && followed.value !== "" && (
          <Button
            look="plain"
            onPress={() => {
              followed.value = "";
            }}
          >
            {words.freeCamera}
          </Button>
        )}
        <Button look="plain" onPress={play}>
          <PlayIcon />
          {words.play}
        </Button>
      </div>
      <p class={notice ? "watch-notice" : "visually-hidden"} role="status">
        {notice}
      </p>
    </section>
  );
}

/** `play` asks for a place among the players; `notice` says why the room refused it. */
function usePlay() {
  const intents = useIntents();
  const [notice, setNotice] = useState("");
  const request = async () => {
    const outcome = await intents.place({ to: "players" });
    setNotice(outcome.ok ? "" : answerText(outcome));
  };
  return { play: () => void request(), notice };
}

/** Without a followed player: the free camera of a delayed spectator, or the note that there is no player to watch. */
function Watched({ isDelayed }: { isDelayed: boolean }) {
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
      <strong>{isDelayed ? words.free : words.nobody}</strong>
    </>
  );
}
