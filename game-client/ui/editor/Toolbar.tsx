/** The toolbar: tool, paint, brush and symmetry; on a phone a bar at the foot, with sheets. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { BRUSH_MAX, runCommand } from "#client/editor/commands.ts";
import {
  brushSize,
  clip,
  isGridShown,
  objectType,
  PAINTS,
  paint,
  SYMMETRIES,
  symmetry,
  TOOL_NAMES,
  tool,
} from "#client/editor/editorModel.ts";
import { STAMP_NAMES, STAMPS } from "#client/editor/tools/stamps.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { Select } from "#client/ui/kit/Select.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { PickupIcon } from "#client/ui/teach/PickupIcon.tsx";
import type { PickupName } from "#shared/tuning.ts";
import {
  FitIcon,
  GridIcon,
  PaintIcon,
  RedoIcon,
  SymmetryIcon,
  ToolIcon,
  UndoIcon,
  ZoomInIcon,
  ZoomOutIcon,
} from "./editorIcons.tsx";
import { kindsOf } from "./objectKinds.ts";
import { mayEdit } from "./panelModel.ts";

const BRUSH_SIZES = Array.from({ length: BRUSH_MAX }, (_, at) => at + 1);
/** The group whose sheet is open on a small screen. */
const openGroup = signal("");

export function Toolbar() {
  const words = STRINGS.editor;
  return (
    <section class="editor-tools glass" aria-label={words.toolbar}>
      {mayEdit.value && (
        <>
          <Tools />
          <Paints />
          <BrushAndSymmetry />
        </>
      )}
      <div class="tool-row">
        {mayEdit.value && (
          <>
            <Command does="undo">
              <UndoIcon />
            </Command>
            <Command does="redo">
              <RedoIcon />
            </Command>
          </>
        )}
        <View />
      </div>
    </section>
  );
}

interface GroupProps {
  id: string;
  name: string;
  /** The present choice, on the button that opens the sheet. */
  icon: ComponentChildren;
  children: ComponentChildren;
}

/** Side by side on a large screen; on a small one a button that opens a sheet. */
function Group({ id, name, icon, children }: GroupProps) {
  const isOpen = openGroup.value === id;
  return (
    <div class={isOpen ? "tool-group tool-group-open" : "tool-group"}>
      <span class="tool-group-opener">
        <Button
          look="icon"
          label={name}
          expanded={isOpen}
          onPress={() => {
            openGroup.value = isOpen ? "" : id;
          }}
        >
          {icon}
        </Button>
      </span>
      <fieldset class="tool-group-body" aria-label={name}>
        {children}
      </fieldset>
    </div>
  );
}

/** A choice in a group; it closes the group's sheet. */
const choosing = (choose: () => void) => () => {
  choose();
  openGroup.value = "";
};

function Tools() {
  const words = STRINGS.editor;
  return (
    <Group id="tools" name={words.toolsTitle} icon={<ToolIcon tool={tool.value} />}>
      {TOOL_NAMES.map((name) => (
        <Button
          key={name}
          look="icon"
          label={words.tools[name]}
          pressed={tool.value === name}
          onPress={choosing(() => runCommand(name))}
        >
          <ToolIcon tool={name} />
        </Button>
      ))}
      {tool.value === "stamp" && <StampChoice />}
    </Group>
  );
}

const COPIED = "copied";

/** The stamp in hand: a built-in one, or the last copy. */
function StampChoice() {
  const words = STRINGS.editor;
  const chosen = STAMP_NAMES.find((name) => STAMPS[name] === clip.value) ?? COPIED;
  const options = STAMP_NAMES.map((name): { value: string; text: string } => ({
    value: name,
    text: words.stamps[name],
  }));
  return (
    <Select
      name={words.tools.stamp}
      value={chosen}
      options={chosen === COPIED ? [...options, { value: COPIED, text: words.stamps.copied }] : options}
      set={(value) => {
        const name = STAMP_NAMES.find((each) => each === value);
        if (name) clip.value = STAMPS[name];
      }}
    />
  );
}

function Paints() {
  const words = STRINGS.editor;
  const kinds = kindsOf(paint.value);
  return (
    <Group id="paints" name={words.paintsTitle} icon={<ChosenPaint />}>
      {PAINTS.map((name) => (
        <Button
          key={name}
          look="icon"
          label={words.paints[name]}
          pressed={paint.value === name}
          onPress={() => runCommand(name)}
        >
          <PaintIcon paint={name} />
        </Button>
      ))}
      {kinds.length > 0 && (
        <Select
          name={words.objectType}
          value={objectType.value}
          options={kinds.map(({ type, text }) => ({ value: type, text }))}
          set={(type) => {
            objectType.value = type;
          }}
        />
      )}
    </Group>
  );
}

function ChosenPaint() {
  const isPickup = paint.value === "pickup" && objectType.value !== "";
  return isPickup ? <PickupIcon kind={objectType.value as PickupName} /> : <PaintIcon paint={paint.value} />;
}

function BrushAndSymmetry() {
  const words = STRINGS.editor;
  return (
    <Group id="symmetry" name={words.symmetryTitle} icon={<SymmetryIcon symmetry={symmetry.value} />}>
      {SYMMETRIES.map((name) => (
        <Button
          key={name}
          look="icon"
          label={words.symmetries[name]}
          pressed={symmetry.value === name}
          onPress={choosing(() => {
            symmetry.value = name;
          })}
        >
          <SymmetryIcon symmetry={name} />
        </Button>
      ))}
      <Select
        name={words.brushSize}
        value={String(brushSize.value)}
        options={BRUSH_SIZES.map((size) => ({ value: String(size), text: words.brushOf(size) }))}
        set={(size) => {
          brushSize.value = Number(size);
        }}
      />
    </Group>
  );
}

function View() {
  const words = STRINGS.editor;
  return (
    <>
      <Button
        look="icon"
        label={words.grid}
        pressed={isGridShown.value}
        onPress={() => {
          isGridShown.value = !isGridShown.value;
        }}
      >
        <GridIcon />
      </Button>
      <span class="tool-zoom">
        <Command does="zoomOut">
          <ZoomOutIcon />
        </Command>
        <Command does="zoomIn">
          <ZoomInIcon />
        </Command>
      </span>
      <Command does="fit">
        <FitIcon />
      </Command>
    </>
  );
}

interface CommandProps {
  does: "undo" | "redo" | "zoomOut" | "zoomIn" | "fit";
  children: ComponentChildren;
}

const Command = ({ does, children }: CommandProps) => (
  <Button look="icon" label={STRINGS.editor[does]} onPress={() => runCommand(does)}>
    {children}
  </Button>
);
