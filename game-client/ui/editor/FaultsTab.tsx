/** All that is wrong with the draft: a press looks at the place, and what can be mended by itself is. */
import { draft, faults, lookAt, tilePx } from "#client/editor/editorModel.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { closeBorder } from "./closeBorder.ts";
import { Light } from "./editorIcons.tsx";
import { faultText } from "./faultText.ts";
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
        {faults.value.map((fault, place) => (
          <li key={`${place} ${fault.code}`}>
            <FaultLine fault={fault} />
          </li>
        ))}
      </ul>
    </>
  );
}

function FaultLine({ fault }: { fault: Fault }) {
  const intents = useIntents();
  const at = placeOf(fault);
  if (!at) return <p class="fault-line">{faultText(fault)}</p>;
  return (
    <button
      type="button"
      class="fault-line fault-place"
      onClick={() => {
        intents.pressed();
        lookAt.value = at;
        if (isSmall()) openTab.value = undefined;
      }}
    >
      {faultText(fault)}
    </button>
  );
}

/** World px; undefined for a fault of the whole map. */
function placeOf({ place: { object, tile } }: Fault): { x: number; y: number } | undefined {
  if (object) return { x: object.x, y: object.y };
  const px = tilePx.peek();
  return tile && { x: (tile.column + 0.5) * px, y: (tile.row + 0.5) * px };
}
