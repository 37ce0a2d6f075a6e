/** The ways to an arena that is not of the server: one's own file, and the gallery. For the form of a new room, and the host's panel. */
import { useState } from "preact/hooks";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { UploadIcon } from "#client/ui/kit/icons.tsx";
import { lazily } from "#client/ui/kit/lazily.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { called } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { BringingState } from "./BringingState.tsx";
import { brought, withdraw } from "./brought.ts";
import { FileButton } from "./FileButton.tsx";
import type { BringingActs } from "./useBringing.ts";
import "./ownArena.css";

const GalleryDialog = lazily(() => import("#client/ui/gallery/pages.ts").then((part) => part.GalleryDialog), {
  waiting: () => null,
});

interface OwnArenaProps {
  own: BringingActs;
  /** The map that is chosen now. */
  value: string;
  choose(offer: MapOffer): void;
  /** The chosen arena was taken off the server. */
  lose(map: string): void;
}

export function OwnArena({ own, value, choose, lose }: OwnArenaProps) {
  const [isGalleryOpen, setGalleryOpen] = useState(false);
  const words = STRINGS.ownArena;
  const chosen = brought.value.find(({ name }) => name === value);
  return (
    <div class="own-arena">
      <div class="own-arena-acts">
        <FileButton take={own.bring}>
          <UploadIcon />
          {words.bring}
        </FileButton>
        <Button look="plain" onPress={() => setGalleryOpen(true)}>
          {words.fromGallery}
        </Button>
        {chosen?.isOwn && own.now.is === "idle" && <TakeBack map={chosen.name} lose={lose} />}
      </div>
      {own.now.is === "idle" && <p class="own-arena-how">{words.how}</p>}
      <BringingState of={own} />
      {isGalleryOpen && (
        <GalleryDialog
          close={() => setGalleryOpen(false)}
          choose={(offer) => {
            setGalleryOpen(false);
            choose(offer);
          }}
        />
      )}
    </div>
  );
}

function TakeBack({ map, lose }: Pick<OwnArenaProps, "lose"> & { map: string }) {
  const { arenas } = useIntents();
  const [hasFailed, setFailed] = useState(false);
  const words = STRINGS.ownArena;
  const takeBack = () => {
    arenas.takeBack(map).then(
      () => {
        withdraw(map);
        lose(map);
      },
      () => setFailed(true),
    );
  };
  return (
    <>
      <AskOnce text={words.remove} question={words.removeSure(called(mapTitle(map)))} onYes={takeBack} />
      {hasFailed && (
        <p class="field-error" role="alert">
          {words.notRemoved}
        </p>
      )}
    </>
  );
}
