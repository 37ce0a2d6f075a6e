/** Two states of the draft side by side, with what differs. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type DraftDiff, diffDrafts } from "#client/editor/draftDiff.ts";
import { draft, tilePx } from "#client/editor/editorModel.ts";
import { calls } from "#client/editor/editorRoom.ts";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { Select } from "#client/ui/kit/Select.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Draft } from "#shared/editor/draft.ts";
import { readTmj } from "#shared/editor/tmj.ts";
import type { DraftVersion } from "#shared/protocol/editor.ts";
import { compared, drawDraft } from "./compare.ts";
import { EditorDialog } from "./EditorDialog.tsx";
import { page } from "./panelModel.ts";

const NOW = "now";

export function CompareDialog({ version }: { version: DraftVersion }) {
  const words = STRINGS.editor.versions;
  const [other, setOther] = useState(NOW);
  const versions = page.value?.versions ?? [];
  const before = useVersion(version);
  const chosen = versions.find(({ number }) => String(number) === other);
  const saved = useVersion(chosen);
  const after = chosen ? saved : draft.value;
  const options = [
    { value: NOW, text: words.now },
    ...versions
      .filter(({ number }) => number !== version.number)
      .map(({ number }) => ({ value: String(number), text: words.name(number) })),
  ];
  const diff = isDraft(before) && isDraft(after) ? diffDrafts(before, after) : undefined;
  return (
    <EditorDialog
      title={words.compare}
      size="large"
      close={() => {
        compared.value = undefined;
      }}
    >
      {before === "failed" || after === "failed" ? (
        <p role="alert">{STRINGS.editor.noAnswer}</p>
      ) : (
        <p class="compare-counts" role="status">
          {diff && countsOf(diff)}
        </p>
      )}
      <div class="compare">
        <figure>
          <figcaption>{words.name(version.number)}</figcaption>
          {diff && isDraft(before) ? <Plan of={before} diff={diff} /> : <Spinner />}
        </figure>
        <figure>
          <figcaption>
            <Select name={words.compareWith} value={other} options={options} set={setOther} />
          </figcaption>
          {diff && isDraft(after) ? <Plan of={after} diff={diff} /> : <Spinner />}
        </figure>
      </div>
    </EditorDialog>
  );
}

type Fetched = Draft | "failed" | undefined;
const isDraft = (fetched: Fetched): fetched is Draft => fetched !== undefined && fetched !== "failed";

/** Fetches the version's draft; undefined on the way. */
function useVersion(version: DraftVersion | undefined): Fetched {
  const [fetched, setFetched] = useState<Fetched>(undefined);
  const sha256 = version?.sha256;
  useEffect(() => {
    setFetched(undefined);
    if (sha256 === undefined) return;
    let isOver = false;
    void calls
      .peek()
      ?.file(sha256)
      .then((file) => {
        if (!isOver) setFetched(read(file));
      });
    return () => {
      isOver = true;
    };
  }, [sha256]);
  return fetched;
}

function read(file: unknown): Fetched {
  try {
    return readTmj(file, "version");
  } catch {
    return "failed";
  }
}

function countsOf({ cells, objects, properties }: DraftDiff): string {
  const words = STRINGS.editor.versions;
  if (cells.length + objects.length + properties.length === 0) return words.same;
  return [
    cells.length > 0 && words.cells(cells.length),
    objects.length > 0 && words.objects(objects.length),
    properties.length > 0 && words.properties(properties.length),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Plan({ of, diff }: { of: Draft; diff: DraftDiff }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawDraft(canvas.current, of, diff, tilePx.peek() || 64);
  });
  return <canvas ref={canvas} class="compare-plan" role="img" aria-label={countsOf(diff)} />;
}
