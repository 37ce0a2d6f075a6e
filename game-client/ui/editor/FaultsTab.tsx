/** All that is wrong with the draft: a press looks at the place, and what can be mended by itself is. */
import { useState } from "preact/hooks";
import { draft, faults, lookAt, tilePx } from "#client/editor/editorModel.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { type FaultGroup, groupFaults } from "#client/ui/kit/faultText.ts";
import { Sentence } from "#client/ui/kit/Sentence.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { closeBorder } from "./closeBorder.ts";
import { Light } from "./editorIcons.tsx";
import { edit, isSmall, mayEdit, openTab } from "./panelModel.ts";

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
  const isOpen = mayEdit.value && faults.value.some(({ code }) => code === "openBorder");
  return (
    <>
      <p class="dialog-note">{words.how}</p>
      {isOpen && (
        <Button look="plain" onPress={() => edit(...closeBorder(draft.value))}>
          {words.closeBorder}
        </Button>
      )}
      <ul class="fault-list">
        {groupFaults(faults.value, tilePx.value).map((group) => (
          <li key={group.text}>
            <FaultLine of={group} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A press looks at the first place of a fault, the next one at its next. */
function FaultLine({ of: { text, spots } }: { of: FaultGroup }) {
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
    if (isSmall()) openTab.value = undefined;
  };
  return (
    <button type="button" class="fault-line fault-place" onClick={look}>
      <Sentence text={text} />
    </button>
  );
}
