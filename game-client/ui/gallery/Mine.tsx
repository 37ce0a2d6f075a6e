/** The visitor's own drafts, and the ways to a new one. */
import { useState } from "preact/hooks";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { moment } from "#client/ui/kit/figures.ts";
import { called } from "#client/ui/kit/Sentence.tsx";
import { Shown, useAsked, whyOf } from "#client/ui/progress/Asked.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { DraftInfo } from "#shared/protocol/editor.ts";
import { ImportDraft } from "./ImportDraft.tsx";
import { NewDraft } from "./NewDraft.tsx";
import { openDraft } from "./openDraft.ts";

export function Mine() {
  const { arenas } = useIntents();
  const { asked, again } = useAsked(() => arenas.drafts());
  return (
    <div class="mine" aria-busy={asked.is === "waiting"}>
      <Shown asked={asked} again={again} unknown={STRINGS.drafts.closed}>
        {(drafts) => (
          <>
            <div class="mine-new">
              <NewDraft isOpen={drafts.length === 0} />
              <ImportDraft />
            </div>
            <Drafts first={drafts} />
          </>
        )}
      </Shown>
    </div>
  );
}

function Drafts({ first }: { first: readonly DraftInfo[] }) {
  const [drafts, setDrafts] = useState(first);
  if (drafts.length === 0) return <p class="page-empty">{STRINGS.drafts.none}</p>;
  const gone = (id: string) => setDrafts((before) => before.filter((draft) => draft.id !== id));
  return (
    <ul class="draft-list">
      {drafts.map((draft) => (
        <Draft key={draft.id} of={draft} gone={() => gone(draft.id)} />
      ))}
    </ul>
  );
}

function Draft({ of, gone }: { of: DraftInfo; gone(): void }) {
  const intents = useIntents();
  const [error, setError] = useState("");
  const words = STRINGS.drafts;
  const title = of.title || words.untitled;
  const remove = () => {
    intents.arenas
      .deleteDraft(of.id)
      .then(gone, (failure) => setError(STRINGS.account.failures[whyOf(failure)]));
  };
  return (
    <li class="row-card draft">
      {of.sha256 ? <ArenaPicture map={of.sha256} isNamed /> : <span class="arena-picture" />}
      <div class="row-card-what">
        <h2 class="row-card-title">
          <bdi translate={false}>{title}</bdi>
        </h2>
        <p class="page-quiet">
          <time dateTime={new Date(of.changedAtMs).toISOString()}>{moment(of.changedAtMs)}</time>
          {of.isPublished && <span class="draft-published">{words.published}</span>}
        </p>
      </div>
      <div class="draft-acts">
        <Button look="plain" onPress={() => openDraft(intents, of.id)}>
          {words.open}
          <span class="visually-hidden"> {title}</span>
        </Button>
        <AskOnce text={words.delete} question={words.deleteSure(called(title))} onYes={remove} />
      </div>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </li>
  );
}
