/** The panel beside the drawing; on a small screen it is a sheet over it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { Tabs } from "#client/ui/kit/Tabs.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ArenaTab } from "./ArenaTab.tsx";
import { FaultsTab } from "./FaultsTab.tsx";
import { PeopleTab } from "./PeopleTab.tsx";
import { closePanel, isSmall, panel, shownTab, TAB_NAMES, type TabName } from "./panelModel.ts";
import { ShareTab } from "./ShareTab.tsx";
import { VersionsTab } from "./VersionsTab.tsx";

const CONTENT: Readonly<Record<TabName, () => preact.JSX.Element>> = {
  arena: () => <ArenaTab />,
  faults: () => <FaultsTab />,
  people: () => <PeopleTab />,
  versions: () => <VersionsTab />,
  share: () => <ShareTab />,
};

type Opened = NonNullable<typeof panel.value>;

export function SidePanel() {
  const now = panel.value;
  if (!now) return null;
  return isSmall() ? <Sheet {...now} /> : <Aside {...now} />;
}

function Aside(opened: Opened) {
  return (
    <aside class="editor-panel glass" aria-label={STRINGS.editor.panel}>
      <Content {...opened} />
    </aside>
  );
}

/** A dialog, so that a gamepad stays inside and leaves it by its button B. */
function Sheet(opened: Opened) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      open
      class="editor-panel editor-sheet glass"
      aria-label={STRINGS.editor.panel}
      onClose={closePanel}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        closePanel();
      }}
    >
      <Content {...opened} isSheet />
    </dialog>
  );
}

function Content({ start, turn, isSheet = false }: Opened & { isSheet?: boolean }) {
  const words = STRINGS.editor;
  return (
    <>
      {isSheet && (
        <span class="editor-panel-close">
          <Button look="icon" label={words.closePanel} onPress={closePanel}>
            <CloseIcon />
          </Button>
        </span>
      )}
      <Tabs
        key={turn}
        label={words.panel}
        start={start}
        opened={(id) => {
          shownTab.value = id as TabName;
        }}
        tabs={TAB_NAMES.map((id) => ({ id, name: words.tabs[id], content: CONTENT[id]() }))}
      />
    </>
  );
}
