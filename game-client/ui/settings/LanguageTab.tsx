/** The page's language, each option in its own language. */
import { settings } from "#client/settings/settings.ts";
import { boundTo, Choice } from "#client/ui/kit/fields.tsx";
import { LANGUAGES, nameOfLanguage } from "#client/ui/strings/languages.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function LanguageTab() {
  const words = STRINGS.settings;
  return (
    <Choice
      name={words.language}
      {...boundTo(settings.language)}
      look="list"
      options={[
        { value: "auto", text: words.automatic },
        ...LANGUAGES.map((value) => ({ value, text: nameOfLanguage(value), lang: value })),
      ]}
    />
  );
}
