/** The gallery over the host form: a press on an arena chooses it. */
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { keepFocusInside, useModal } from "#client/ui/kit/modal.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { GalleryList } from "./GalleryList.tsx";
import { offerOfPublished } from "./galleryModel.ts";

interface GalleryDialogProps {
  choose(offer: MapOffer): void;
  close(): void;
}

export function GalleryDialog({ choose, close }: GalleryDialogProps) {
  const intents = useIntents();
  const dialog = useModal("[type=search]");
  return (
    <dialog
      ref={dialog}
      class="dialog gallery-dialog glass"
      aria-labelledby="gallery-title"
      onKeyDown={keepFocusInside}
      onClose={close}
    >
      <header class="dialog-head">
        <h1 id="gallery-title" class="dialog-title">
          {STRINGS.gallery.choose}
        </h1>
        <Button look="icon" label={STRINGS.room.close} onPress={() => dialog.current?.close()}>
          <CloseIcon />
        </Button>
      </header>
      <div class="dialog-panel">
        <GalleryList
          act={(arena, title) => (
            <button
              type="button"
              class="arena-press"
              onClick={() => {
                intents.pressed();
                choose(offerOfPublished(arena));
              }}
            >
              {title}
            </button>
          )}
        />
      </div>
    </dialog>
  );
}
