/** The saved states of the draft: save one, look at two, bring one back, or begin another draft from it. */
import { useState } from "preact/hooks";
import { calls, draftLink } from "#client/editor/editorRoom.ts";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { moment } from "#client/ui/kit/figures.ts";
import { whyOf } from "#client/ui/progress/Asked.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type DraftVersion, NOTE_MAX_CHARS } from "#shared/protocol/editor.ts";
import { compared } from "./compare.ts";
import { mayEdit, page, refreshPage, tell } from "./panelModel.ts";

export function VersionsTab() {
  const versions = (page.value?.versions ?? []).toSorted((one, other) => other.number - one.number);
  return (
    <>
      {mayEdit.value && <Save />}
      {versions.length === 0 && <p class="dialog-note">{STRINGS.editor.versions.none}</p>}
      <ul class="version-list">
        {versions.map((version) => (
          <li key={version.number}>
            <Version version={version} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Save() {
  const words = STRINGS.editor.versions;
  const { arenas } = useIntents();
  const [note, setNote] = useState("");
  const save = async (event: Event) => {
    event.preventDefault();
    const answer = await calls.value?.save(note.trim());
    if (!answer) return;
    if (!answer.ok) return tell(words.refused[answer.reason]);
    setNote("");
    tell(words.saved(answer.version.number));
    await refreshPage(arenas);
  };
  return (
    <form class="editor-say" onSubmit={save}>
      <input
        class="editor-text"
        value={note}
        maxLength={NOTE_MAX_CHARS}
        placeholder={words.note}
        aria-label={words.note}
        autocomplete="off"
        onInput={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Button look="plain">{words.save}</Button>
    </form>
  );
}

function Version({ version }: { version: DraftVersion }) {
  const words = STRINGS.editor.versions;
  const { number, sha256, author, note, atMs } = version;
  return (
    <article class="version" aria-label={words.name(number)}>
      <ArenaPicture map={sha256} isNamed />
      <div class="version-what">
        <h3 class="field-name">{words.name(number)}</h3>
        {note && <p translate={false}>{note}</p>}
        <p class="dialog-note">
          <bdi translate={false}>{author}</bdi> · {moment(atMs)}
        </p>
        <div class="editor-row">
          <Button
            look="quiet"
            onPress={() => {
              compared.value = version;
            }}
          >
            {words.compare}
          </Button>
          {mayEdit.value && <Restore number={number} />}
          <Fork number={number} />
        </div>
      </div>
    </article>
  );
}

function Restore({ number }: { number: number }) {
  const words = STRINGS.editor.versions;
  const restore = async () => {
    const answer = await calls.value?.restore(number);
    tell(answer?.ok ? words.restored(number) : STRINGS.editor.noAnswer);
  };
  return (
    <Button look="quiet" onPress={() => void restore()}>
      {words.restore}
    </Button>
  );
}

/** The page goes on in the new draft, and this one stays. */
function Fork({ number }: { number: number }) {
  const intents = useIntents();
  const words = STRINGS.editor.versions;
  const fork = async () => {
    try {
      const made = await intents.arenas.makeDraft({ fork: draftLink.peek().id, version: number });
      intents.open({ kind: "editor", id: made.id, key: "" });
    } catch (error) {
      tell(STRINGS.account.failures[whyOf(error)]);
    }
  };
  return <AskOnce text={words.fork} question={words.forkAsk} onYes={() => void fork()} />;
}
