/** Imports a Tiled map as a draft. One with faults is shown with them first: it can be opened all the same, to mend it. */
import { useRef } from "preact/hooks";
import { CallFailed } from "#client/progressCalls.ts";
import { UploadIcon } from "#client/ui/kit/icons.tsx";
import type { ArenaFile } from "#client/ui/ownArena/arenaFile.ts";
import { BringingState } from "#client/ui/ownArena/BringingState.tsx";
import { DropHere } from "#client/ui/ownArena/DropHere.tsx";
import { FileButton } from "#client/ui/ownArena/FileButton.tsx";
import { useFileDrop } from "#client/ui/ownArena/fileDrop.ts";
import { useSending } from "#client/ui/ownArena/useBringing.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { DRAFT_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { openDraft } from "./openDraft.ts";

export function ImportDraft() {
  const intents = useIntents();
  /** A file whose faults the visitor has seen. */
  const accepted = useRef<ArenaFile | undefined>(undefined);
  const importing = useSending(DRAFT_FILE_MAX_BYTES, async (file, isWanted) => {
    const faults = file === accepted.current ? [] : await faultsIn(file);
    if (faults.length > 0) throw new CallFailed("refused", { faults });
    const { id } = await intents.arenas.makeDraft({ tiledJson: file.tiledJson });
    if (isWanted()) openDraft(intents, id);
  });
  const openFaulty = (file: ArenaFile) => {
    accepted.current = file;
    importing.again(file);
  };
  const words = STRINGS.drafts;
  return (
    <div class="own-arena">
      <div class="own-arena-acts">
        <FileButton take={importing.bring}>
          <UploadIcon />
          {words.import}
        </FileButton>
      </div>
      <p class="own-arena-how">{words.importHow}</p>
      <BringingState of={importing} onFaulty={{ text: words.openFaulty, press: openFaulty }} />
      {useFileDrop(importing.bring) && <DropHere />}
    </div>
  );
}

/** Checked here: the server makes a draft of a faulty map as well. */
async function faultsIn({ tiledJson, name }: ArenaFile): Promise<readonly Fault[]> {
  const { checkBrought } = await import("#shared/arena/checkBrought.ts");
  const checked = checkBrought(tiledJson, name);
  return checked.ok ? [] : checked.faults;
}
