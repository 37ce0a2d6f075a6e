/** The panel beside the drawing; on a small screen it is a sheet over it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { Tabs } from "#client/ui/kit/Tabs.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ArenaTab } from "./ArenaTab.tsx";
import { FaultsTab } from "./FaultsTab.tsx";
import { PeopleTab } from "./PeopleTab.tsx";
import { isSmall, openTab, TAB_NAMES, type TabName } from "./panelModel.ts";
import { ShareTab } from "./ShareTab.tsx";
import { VersionsTab } from "./VersionsTab.tsx";

const CONTENT: Readonly<Record<TabName, () => preact.JSX.Element>> = {
  arena: () => <ArenaTab />,
  faults: () => <FaultsTab />,
  people: () => <PeopleTab />,
  versions: () => <VersionsTab />,
  share: () => <ShareTab />,
};

export function SidePanel() {
  const start = openTab.value;
  if (!start) return null;
  return isSmall() ? <Sheet start={start} /> : <Aside start={start} />;
}

function Aside({ start }: { start: TabName }) {
  return (
    <aside class="editor-panel glass" aria-label={STRINGS.editor.panel}>
      <Content start={start} />
    </aside>
  );
}

/** A dialog, so that a gamepad stays inside and leaves it by its button B. */
function Sheet({ start }: { start: TabName }) {
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
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        close();
      }}
    >
      <Content start={start} isSheet />
    </dialog>
  );
}

function Content({ start, isSheet = false }: { start: TabName; isSheet?: boolean }) {
  const words = STRINGS.editor;
  return (
    <>
      {isSheet && (
        <span class="editor-panel-close">
          <Button look="icon" label={words.closePanel} onPress={close}>
            <CloseIcon />
          </Button>
        </span>
      )}
      <Tabs
        key={start}
        label={words.panel}
        start={start}
        tabs={TAB_NAMES.map((id) => ({ id, name: words.tabs[id], content: CONTENT[id]() }))}
      />
    </>
  );
}

function close(): void {
  openTab.value = undefined;
}
