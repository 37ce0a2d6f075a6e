/** The page's language; each calls itself by its own name. */
import { settings } from "#client/settings/settings.ts";
import { LANGUAGES, nameOfLanguage } from "#client/ui/strings/languages.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Choice } from "./fields.tsx";

export function LanguageTab() {
  const words = STRINGS.settings;
  return (
    <Choice
      name={words.language}
      of={settings.language}
      options={[
        { value: "auto", text: words.automatic },
        ...LANGUAGES.map((value) => ({ value, text: nameOfLanguage(value), lang: value })),
      ]}
    />
  );
}
