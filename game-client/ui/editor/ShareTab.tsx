/** Publishing, Tiled files in and out, and the proof by bots. */
import { useState } from "preact/hooks";
import { draft, role, tilePx } from "#client/editor/editorModel.ts";
import { draftLink } from "#client/editor/editorRoom.ts";
import { tmjOf } from "#client/editor/originFile.ts";
import type { CallFailed } from "#client/progressCalls.ts";
import { AskOnce } from "#client/ui/kit/AskOnce.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { faultText, groupFaults } from "#client/ui/kit/faultText.ts";
import { Select } from "#client/ui/kit/Select.tsx";
import { Sentence, unmarked } from "#client/ui/kit/Sentence.tsx";
import { FileButton } from "#client/ui/ownArena/FileButton.tsx";
import { whyOf } from "#client/ui/progress/Asked.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { DRAFT_REFUSAL } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { exportName, replacementOf } from "./draftFile.ts";
import { edit, isPlayable, mayEdit, openDialog, page, tell, title } from "./panelModel.ts";

export function ShareTab() {
  const words = STRINGS.editor.share;
  return (
    <>
      <section class="editor-section" aria-label={words.publish}>
        <h2 class="dialog-subtitle">{words.publish}</h2>
        <Publish />
      </section>
      <section class="editor-section" aria-label={words.prove}>
        <h2 class="dialog-subtitle">{words.prove}</h2>
        <p class="dialog-note">{words.proveNote}</p>
        <Button
          look="plain"
          disabled={!isPlayable.value}
          onPress={() => {
            openDialog.value = "trial";
          }}
        >
          {words.prove}
        </Button>
      </section>
      <section class="editor-section" aria-label={words.file}>
        <h2 class="dialog-subtitle">{words.file}</h2>
        <p class="dialog-note">{words.fileNote}</p>
        <div class="editor-row">
          <Export />
          {mayEdit.value && <Import />}
        </div>
      </section>
    </>
  );
}

function Publish() {
  const words = STRINGS.editor.share;
  const now = page.value;
  if (role.value !== "owner") return <p class="dialog-note">{words.ownerOnly}</p>;
  if (!now) return null;
  if (now.versions.length === 0) return <p class="dialog-note">{words.saveFirst}</p>;
  return <PublishForm />;
}

function PublishForm() {
  const { arenas } = useIntents();
  const words = STRINGS.editor.share;
  const now = page.value;
  const newest = now?.versions.reduce((max, { number }) => Math.max(max, number), 0) ?? 0;
  const [chosen, choose] = useState<number | undefined>(undefined);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const publish = async (version: number | null) => {
    setFaults([]);
    try {
      page.value = await arenas.publish(draftLink.peek().id, version);
      tell(version === null ? words.takenDown : words.published);
    } catch (error) {
      const { faults: found, code = 0 } = error as Partial<CallFailed>;
      if (found) setFaults(found);
      else tell(refusalOf(code) ?? STRINGS.account.failures[whyOf(error)]);
    }
  };
  if (!now) return null;
  return (
    <>
      <div class="editor-row">
        <Select
          name={words.version}
          value={String(chosen ?? newest)}
          options={now.versions
            .toSorted((one, other) => other.number - one.number)
            .map(({ number }) => ({ value: String(number), text: STRINGS.editor.versions.name(number) }))}
          set={(number) => choose(Number(number))}
        />
        <Button look="plain" onPress={() => void publish(chosen ?? newest)}>
          {words.publishNow}
        </Button>
      </div>
      {faults.length > 0 && (
        <ul class="fault-list" role="alert">
          {groupFaults(faults, tilePx.value).map(({ text }) => (
            <li key={text} class="fault-line">
              <Sentence text={text} />
            </li>
          ))}
        </ul>
      )}
      {now.isPublished && (
        <div class="editor-row">
          <a href={pathTo(ROUTE.arenaPage, { id: now.id })} target="_blank" rel="noreferrer">
            {words.openPage}
          </a>
          <AskOnce text={words.takeDown} question={words.takeDownAsk} onYes={() => void publish(null)} />
        </div>
      )}
    </>
  );
}

/** The meaning of a status with which publishing is refused. */
function refusalOf(code: number): string | undefined {
  const words = STRINGS.editor.share;
  const texts: Readonly<Record<number, string>> = {
    [DRAFT_REFUSAL.needsAccount]: words.needsAccount,
    [DRAFT_REFUSAL.shownAlready]: words.shownAlready,
    [DRAFT_REFUSAL.tooMany]: words.tooManyShown,
    410: STRINGS.account.failures.arenaRemoved,
    422: words.needsTitle,
  };
  return texts[code];
}

function Export() {
  const save = () => {
    const url = URL.createObjectURL(
      new Blob([JSON.stringify(tmjOf(draft.value))], { type: "application/json" }),
    );
    const link = Object.assign(document.createElement("a"), { href: url, download: exportName(title.value) });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button look="plain" onPress={save}>
      {STRINGS.editor.share.export}
    </Button>
  );
}

/** Replaces what is drawn by a Tiled file, as one step that can be undone. */
function Import() {
  const words = STRINGS.editor.share;
  const read = async (file: File) => {
    const read = replacementOf(draft.value, await file.text());
    if (read.ok) {
      edit(...read.edits);
      tell(words.imported);
    } else tell(read.faults[0] ? unmarked(faultText(read.faults[0])) : words.notImported);
  };
  return <FileButton take={(file) => void read(file)}>{words.import}</FileButton>;
}
