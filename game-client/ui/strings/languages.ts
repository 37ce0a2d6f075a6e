/** The languages that the page speaks: English, and one for each other file in languages/, named by its BCP 47 tag. */
import type { Strings } from "./languages/en.ts";

/** English is left out because it is in the page itself: see strings.ts. Vite makes a chunk of each of the others. */
const loaders = import.meta.glob<Strings>(["./languages/*.ts", "!./languages/en.ts"], { import: "strings" });

export const LANGUAGES: readonly string[] = [
  "en",
  ...Object.keys(loaders).map((path) => path.replace(/^.*\/|\.ts$/g, "")),
];

/** Downloads a language's texts. Rejects when the chunk cannot be fetched, or when there is no such language. */
export async function fetchLanguage(language: string): Promise<Strings> {
  const load = loaders[`./languages/${language}.ts`];
  if (!load) throw new Error(`no texts for the language "${language}"`);
  return load();
}

/** What a language calls itself, with a capital: "Français". */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
