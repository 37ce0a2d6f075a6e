/** All that is wrong with the draft: a press looks at the place, and what can be mended by itself is. */
import { useState } from "preact/hooks";
import { draft, faults, lookAt, tilePx } from "#client/editor/editorModel.ts";
import "#client/ui/kit/faultyPicture.css";
import { FIXES } from "#client/editor/tools/fixes.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { type FaultGroup, groupFaults } from "#client/ui/kit/faultText.ts";
import { Sentence } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Light } from "./editorIcons.tsx";
import { closePanel, edit, isSmall, mayEdit } from "./panelModel.ts";

export function FaultsTab() {
  const words = STRINGS.editor.faults;
  if (faults.value.length === 0) {
    return (
      <p class="editor-line">
        <Light isOn />
        {words.none}
      </p>
    );
  }
  return (
    <>
      <p class="dialog-note">{words.how}</p>
      {mayEdit.value && <Fixes />}
      <ul class="fault-list">
        {groupFaults(faults.value, tilePx.value).map((group, at) => (
          <li key={group.text}>
            <FaultLine of={group} number={at + 1} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Fixes() {
  const words = STRINGS.editor.faults;
  const names = {
    openBorder: words.closeBorder,
    bushInWall: words.clearBushes,
    outside: words.removeOutside,
  } as const satisfies Record<keyof typeof FIXES, string>;
  const codes = (Object.keys(names) as (keyof typeof FIXES)[]).filter((code) =>
    faults.value.some((fault) => fault.code === code),
  );
  if (codes.length === 0) return null;
  return (
    <div class="editor-row">
      {codes.map((code) => (
        <Button key={code} look="plain" onPress={() => edit(...FIXES[code](draft.value, tilePx.value))}>
          {names[code]}
        </Button>
      ))}
    </div>
  );
}

/** A press looks at the first place of a fault, the next one at its next. */
function FaultLine({ of: { text, spots }, number }: { of: FaultGroup; number: number }) {
  const intents = useIntents();
  const [next, setNext] = useState(0);
  const spot = spots[next % spots.length];
  if (!spot)
    return (
      <p class="fault-line">
        <Sentence text={text} />
      </p>
    );
  const look = () => {
    intents.pressed();
    lookAt.value = spot;
    setNext(next + 1);
    if (isSmall()) closePanel();
  };
  return (
    <button type="button" class="fault-line fault-place" onClick={look}>
      <span class="fault-mark" aria-hidden="true">
        {number}
      </span>
      <Sentence text={text} />
    </button>
  );
}
