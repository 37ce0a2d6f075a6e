/** The draft's properties: title, theme, modes, players and size. */
import { draft, tilePx } from "#client/editor/editorModel.ts";
import { THEME_COLOURS } from "#client/themeColours.ts";
import { Switch } from "#client/ui/kit/fields.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ARENA_TITLE_MAX_CHARS } from "#shared/arena/limits.ts";
import { THEME_NAMES, type ThemeName } from "#shared/arena/themes.ts";
import { sizeOf } from "#shared/editor/draft.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { NumberField, TextRow } from "./panelFields.tsx";
import { mayEdit, setProperty, title } from "./panelModel.ts";

const SIDE_MIN = 8;
/** The largest side of an arena, px: the range of positions on the wire. */
const SIDE_MAX_PX = 4096;
const PLAYERS_MAX = 200;

export function ArenaTab() {
  return (
    <fieldset class="editor-form" disabled={!mayEdit.value}>
      <TextRow
        name={STRINGS.drafts.title}
        value={title.value}
        maxLength={ARENA_TITLE_MAX_CHARS}
        set={(text) => setProperty("title", text.trim())}
      />
      <Theme />
      <Modes />
      <Players />
      <Size />
    </fieldset>
  );
}

const property = (name: "theme" | "modes" | "players"): string => draft.value.properties.get(name) ?? "";

function Theme() {
  const chosen = property("theme") || "foundry";
  return (
    <fieldset class="choice choice-chips theme-choice">
      <legend class="field-name">{STRINGS.drafts.theme}</legend>
      <div class="choice-options">
        {THEME_NAMES.map((name) => (
          <label key={name} class="choice-option">
            <input
              type="radio"
              name="theme"
              value={name}
              checked={chosen === name}
              onChange={() => setProperty("theme", name)}
            />
            <Swatch theme={name} />
            <span>{STRINGS.drafts.themes[name]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Swatch({ theme }: { theme: ThemeName }) {
  const { floor, wall, cover, accent } = THEME_COLOURS[theme];
  return (
    <svg class="theme-swatch" viewBox="0 0 32 20" aria-hidden="true">
      <rect width="32" height="20" fill={floor} />
      <path d="M0 0H32V4H0ZM8 10H12V20H8Z" fill={wall} />
      <circle cx="22" cy="13" r="4" fill={cover} />
      <path d="M15 7H18V10H15Z" fill={accent} />
    </svg>
  );
}

function Modes() {
  const words = STRINGS.editor.arena;
  const text = property("modes");
  const chosen = text.split(/[,\s]+/).filter(Boolean);
  const toggle = (mode: ModeName, isOn: boolean) => {
    const next = MODE_NAMES.filter((each) => (each === mode ? isOn : chosen.includes(each)));
    setProperty("modes", next.join(", "));
  };
  return (
    <div class="field-stack">
      <Switch
        name={words.modesAuto}
        note={words.modesNote}
        on={text === ""}
        set={(isAuto) => setProperty("modes", isAuto ? "" : MODE_NAMES[0])}
      />
      {text !== "" && (
        <fieldset class="choice choice-chips" aria-label={words.modes}>
          <div class="choice-options">
            {MODE_NAMES.map((mode) => (
              <label key={mode} class="choice-option">
                <input
                  type="checkbox"
                  checked={chosen.includes(mode)}
                  onChange={({ currentTarget }) => toggle(mode, currentTarget.checked)}
                />
                <span>{STRINGS.modes[mode]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}

const DEFAULT_PLAYERS = "2-8";

function Players() {
  const words = STRINGS.editor.arena;
  const text = property("players");
  const [min = 2, max = min] = text.split("-").map((part) => Number(part) || 2);
  return (
    <div class="field-stack">
      <Switch
        name={words.playersAuto}
        note={words.playersNote}
        on={text === ""}
        set={(isAuto) => setProperty("players", isAuto ? "" : DEFAULT_PLAYERS)}
      />
      {text !== "" && (
        <div class="field-pair">
          <NumberField
            name={words.playersMin}
            value={min}
            min={2}
            max={PLAYERS_MAX}
            set={(value) => setProperty("players", `${value}-${Math.max(value, max)}`)}
          />
          <NumberField
            name={words.playersMax}
            value={max}
            min={2}
            max={PLAYERS_MAX}
            set={(value) => setProperty("players", `${Math.min(min, value)}-${value}`)}
          />
        </div>
      )}
    </div>
  );
}

function Size() {
  const words = STRINGS.editor.arena;
  const { columns, rows } = sizeOf(draft.value);
  const max = Math.floor(SIDE_MAX_PX / tilePx.value);
  return (
    <div class="field-pair">
      <NumberField
        name={words.columns}
        value={columns}
        min={SIDE_MIN}
        max={max}
        set={(value) => setProperty("columns", String(value))}
      />
      <NumberField
        name={words.rows}
        value={rows}
        min={SIDE_MIN}
        max={max}
        set={(value) => setProperty("rows", String(value))}
      />
    </div>
  );
}
