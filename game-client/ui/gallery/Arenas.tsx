/** The page of arenas: the gallery, and the visitor's own drafts. */
import { Pane } from "#client/ui/front/Pane.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { Tabs } from "#client/ui/kit/Tabs.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { GalleryList } from "./GalleryList.tsx";
import { arenasTab } from "./galleryModel.ts";
import { Mine } from "./Mine.tsx";

export function Arenas() {
  const words = STRINGS.gallery;
  const all = (
    <GalleryList act={({ id }, title) => <PageLink to={{ kind: "arena", id }}>{title}</PageLink>} />
  );
  return (
    <Pane title={words.title} isRead size="large">
      <Tabs
        label={words.title}
        start={arenasTab.peek()}
        opened={(id) => {
          arenasTab.value = id === "mine" ? "mine" : "gallery";
        }}
        tabs={[
          { id: "gallery", name: words.tabs.gallery, content: all },
          { id: "mine", name: words.tabs.mine, content: <Mine /> },
        ]}
      />
    </Pane>
  );
}
