/** The picture of a room that watches a replay: the replay's interface, and a line on who has the controls. */
import { Hud } from "#client/ui/hud/Hud.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { PeopleIcon } from "#client/ui/kit/peopleIcons.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { replay } from "./replayModel.ts";
import { controller, mayControl } from "./screeningModel.ts";
import "./screening.css";

const ReplayScreen = lazily(() => import("./overReplay.ts").then((part) => part.ReplayScreen), {
  waiting: () => null,
});

export function Screened() {
  // What cannot be shown here is watched by the others: the page waits with them, over the room's arena.
  const isFailed = replay.value.is === "failed";
  return (
    <>
      {isFailed ? <Hud /> : <ReplayScreen />}
      <Line />
    </>
  );
}

function Line() {
  const intents = useIntents();
  return (
    <div class="over-view">
      <section class="screening glass" aria-label={STRINGS.together.open}>
        <PeopleIcon />
        <p role="status">
          <Sentence text={lineNow()} />
        </p>
        {mayControl.value && (
          <Button look="plain" onPress={() => void intents.host({ do: "screenEnd" })}>
            {STRINGS.together.end}
          </Button>
        )}
      </section>
    </div>
  );
}

function lineNow(): string {
  const words = STRINGS.together;
  if (replay.value.is === "failed") return words.failed;
  if (replay.value.is === "loading") return words.loading;
  if (mayControl.value) return words.byYou;
  return controller.value ? words.by(called(controller.value)) : words.byHost;
}
