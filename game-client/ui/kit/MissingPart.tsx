/** Says over any screen that a part of the page could not be downloaded: browsers do not download it again by themselves. */
import { isPartMissing } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Button } from "./Button.tsx";
import { ReloadButton } from "./ReloadButton.tsx";

export function MissingPart() {
  if (!isPartMissing.value) return null;
  const { title, body } = STRINGS.cannotShow.notLoaded;
  return (
    <section class="missing-part glass" role="alert">
      <p>
        <strong>{title}.</strong> {body}
      </p>
      <div class="missing-part-acts">
        <ReloadButton />
        <Button
          look="plain"
          onPress={() => {
            isPartMissing.value = false;
          }}
        >
          {STRINGS.settings.close}
        </Button>
      </div>
    </section>
  );
}
