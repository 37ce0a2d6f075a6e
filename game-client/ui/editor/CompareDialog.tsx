/** Two states of the draft side by side, with what differs. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { draft, tilePx } from "#client/editor/editorModel.ts";
import { calls } from "#client/editor/editorRoom.ts";
import { drawArena } from "#client/ui/kit/arenaDrawing.ts";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { planOf } from "#client/ui/kit/draftPlan.ts";
import { Select } from "#client/ui/kit/Select.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type DraftDiff, diffDrafts } from "#shared/editor/diff.ts";
import { type Draft, type ObjectFields, sizeOf } from "#shared/editor/draft.ts";
import { readTmj } from "#shared/editor/tmj.ts";
import type { DraftVersion } from "#shared/protocol/editor.ts";
import { compared } from "./compare.ts";
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

/** A plan of the draft, with frames round what differs. */
function Plan({ of, diff }: { of: Draft; diff: DraftDiff }) {
  const px = tilePx.value || 64;
  const picture = useMemo(() => drawArena(planOf(of, px)), [of, px]);
  const { columns, rows } = sizeOf(of);
  return (
    <div class="compare-plan" role="img" aria-label={countsOf(diff)}>
      <img src={picture} alt="" draggable={false} />
      <svg viewBox={`0 0 ${columns} ${rows}`} aria-hidden="true">
        {diff.cells.map(([column, row]) => (
          <rect key={`${column} ${row}`} x={column} y={row} width={1} height={1} />
        ))}
        {diff.objects.map(({ id, before, after }) =>
          [before, after].map(
            (object, side) => object && <Frame key={`${id} ${side}`} of={object} px={px} />,
          ),
        )}
      </svg>
    </div>
  );
}

function Frame({ of: { x, y, width, height }, px }: { of: ObjectFields; px: number }) {
  const rim = 0.7;
  return (
    <rect x={x / px - rim} y={y / px - rim} width={width / px + 2 * rim} height={height / px + 2 * rim} />
  );
}
