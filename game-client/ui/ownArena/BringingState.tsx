/** Says what became of a file: it is being checked, or it was refused, with the faults on a picture of the map. */
import { useEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ArenaFile } from "./arenaFile.ts";
import { FileButton } from "./FileButton.tsx";
import type { Bringing, BringingActs } from "./useBringing.ts";

/** Loaded on demand: it needs the parser of maps, which few visitors use. */
const FaultyPicture = lazily(
  () => import("#client/ui/kit/FaultyPicture.tsx").then((part) => part.FaultyPicture),
  { waiting: () => null },
);

interface BringingStateProps {
  of: BringingActs;
  /** Another way on with a file that has faults. */
  onFaulty?: { text: string; press(file: ArenaFile): void } | undefined;
}

export function BringingState({ of: { now, bring, forget }, onFaulty }: BringingStateProps) {
  const words = STRINGS.ownArena;
  const part = useInSight(now.is);
  if (now.is === "idle") return null;
  if (now.is === "busy") {
    return (
      <div ref={part} class="looking own-arena-busy">
        <Spinner />
        <p role="status">
          <Sentence text={words.checking(called(now.file))} />
        </p>
      </div>
    );
  }
  return (
    <section ref={part} class="own-arena-refused" aria-label={words.refused}>
      <p role="alert">
        <Sentence text={whyNot(now)} />
      </p>
      {now.is === "faulty" && <FaultyPicture tiledJson={now.file.tiledJson} faults={now.faults} />}
      <div class="own-arena-acts">
        {now.is === "faulty" && onFaulty && (
          <Button look="plain" onPress={() => onFaulty.press(now.file)}>
            {onFaulty.text}
          </Button>
        )}
        <FileButton take={bring}>{words.another}</FileButton>
        <Button look="quiet" onPress={forget}>
          {words.dismiss}
        </Button>
      </div>
    </section>
  );
}

/** Scrolls the state into view: the file may have been dropped anywhere on the page. */
function useInSight(state: Bringing["is"]) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The picture of the faults follows, and needs the room below.
    part.current?.scrollIntoView({ block: state === "faulty" ? "start" : "nearest" });
  }, [state]);
  return part;
}

function whyNot(now: Exclude<Bringing, { is: "idle" | "busy" }>): string {
  const words = STRINGS.ownArena;
  switch (now.is) {
    case "tooLarge":
      return words.tooLarge(called(now.file), now.maxBytes / 1024);
    case "unreadable":
      return words.unreadable(called(now.file));
    case "failed":
      return STRINGS.account.failures[now.why];
    case "faulty":
      return words.faulty(called(now.file.name), now.faults.length);
  }
}
