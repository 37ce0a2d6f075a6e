/** The form of a new draft: a title, a look and a size. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { Choice, TextField } from "#client/ui/kit/fields.tsx";
import { whyOf } from "#client/ui/progress/Asked.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ARENA_TITLE_MAX_CHARS } from "#shared/arena/limits.ts";
import { THEME_NAMES, type ThemeName } from "#shared/arena/themes.ts";
import { openDraft } from "./openDraft.ts";

/** Columns and rows of 64 px, for about so many players (docs/maps.md). The size can be changed later. */
const SIZES = {
  small: { columns: 24, rows: 16 },
  medium: { columns: 36, rows: 26 },
  large: { columns: 48, rows: 32 },
} as const;
type SizeName = keyof typeof SIZES;

export function NewDraft({ isOpen: isOpenAtFirst }: { isOpen: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  if (isOpen) return <Form />;
  return (
    <Button look="primary" onPress={() => setOpen(true)}>
      {STRINGS.drafts.new}
    </Button>
  );
}

function Form() {
  const intents = useIntents();
  const [title, setTitle] = useState("");
  const [theme, setTheme] = useState<ThemeName>("foundry");
  const [size, setSize] = useState<SizeName>("medium");
  const [error, setError] = useState("");
  const words = STRINGS.drafts;
  const make = (event: Event) => {
    event.preventDefault();
    intents.arenas.makeDraft({ title: title.trim() || words.untitled, theme, ...SIZES[size] }).then(
      ({ id }) => openDraft(intents, id),
      (failure) => setError(STRINGS.account.failures[whyOf(failure)]),
    );
  };
  return (
    <form class="new-draft field-form" onSubmit={make} noValidate>
      <TextField
        name={words.title}
        value={title}
        set={setTitle}
        maxLength={ARENA_TITLE_MAX_CHARS}
        placeholder={words.untitled}
      />
      <Choice
        look="chips"
        name={words.theme}
        value={theme}
        set={(now: ThemeName) => setTheme(now)}
        options={THEME_NAMES.map((value) => ({ value, text: words.themes[value] }))}
      />
      <Choice
        look="chips"
        name={STRINGS.gallery.size}
        value={size}
        set={(now: SizeName) => setSize(now)}
        options={(Object.keys(SIZES) as SizeName[]).map((value) => ({
          value,
          text: words.sizes[value],
          note: `${SIZES[value].columns} × ${SIZES[value].rows}`,
        }))}
      />
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <Button look="primary">{words.make}</Button>
    </form>
  );
}
