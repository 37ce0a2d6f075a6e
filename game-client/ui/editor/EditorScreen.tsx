/** The editor's page: everything around the drawing, or why there is none. */
import "#client/ui/kit/fields.css";
import "./editor.css";
import { useEffect } from "preact/hooks";
import { view, type WhyClosed } from "#client/editor/editorRoom.ts";
import type { JoinOutcome } from "#client/joinRequest.ts";
import { OutcomeNotice } from "#client/ui/front/OutcomeNotice.tsx";
import { CannotShow, Stale } from "#client/ui/front/ServerScreens.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { Card } from "#client/ui/kit/Card.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { HelpDialog } from "./HelpDialog.tsx";
import { followPanels, notice, openDialog, title } from "./panelModel.ts";
import { SidePanel } from "./SidePanel.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { TopBar } from "./TopBar.tsx";
import { TrialDialog } from "./TrialDialog.tsx";
import { TryBanner } from "./TryBanner.tsx";
import { TryDialog } from "./TryDialog.tsx";
import { useInsets } from "./useInsets.ts";

export function EditorScreen({ outcome }: { outcome: JoinOutcome | undefined }) {
  const now = view.value;
  if (now.is === "closed") return <Closed why={now.why} />;
  if (now.is === "joining") return now.isAway ? <Away /> : <Joining />;
  return <Open outcome={outcome} />;
}

function Open({ outcome }: { outcome: JoinOutcome | undefined }) {
  const { arenas } = useIntents();
  useEffect(() => followPanels(arenas), [arenas]);
  const root = useInsets();
  return (
    <>
      <h1 class="visually-hidden">{`${STRINGS.editor.title}: ${title.value || STRINGS.drafts.untitled}`}</h1>
      <div ref={root} class="editor">
        <TopBar />
        <Toolbar />
        <SidePanel />
        <div class="editor-notices">
          {outcome && <OutcomeNotice outcome={outcome} />}
          <TryBanner />
          <p class={notice.value ? "editor-notice glass" : "visually-hidden"} role="status">
            {notice.value}
          </p>
        </div>
      </div>
      {openDialog.value === "try" && <TryDialog />}
      {openDialog.value === "help" && <HelpDialog />}
      {openDialog.value === "trial" && <TrialDialog />}
    </>
  );
}

const Joining = () => (
  <Card title={STRINGS.editor.joining} waiting>
    <Leave />
  </Card>
);

const Away = () => (
  <Card title={STRINGS.unreachable.title} waiting>
    <p role="status">{STRINGS.editor.away}</p>
    <Leave />
  </Card>
);

function Closed({ why }: { why: WhyClosed }) {
  if (why === "stale") return <Stale />;
  if (why === "notLoaded" || why === "noWebGl" || why === "pictureLost" || why === "drawingFailed")
    return <CannotShow why={why} />;
  const { title, body } = STRINGS.editor.closed[why];
  return (
    <Card title={title}>
      <p role="alert">{body}</p>
      <Leave autoFocus />
    </Card>
  );
}

function Leave({ autoFocus = false }: { autoFocus?: boolean }) {
  const intents = useIntents();
  return (
    <span data-back>
      <Button look="plain" autoFocus={autoFocus} onPress={() => intents.open({ kind: "title" })}>
        {STRINGS.front.back}
      </Button>
    </span>
  );
}
