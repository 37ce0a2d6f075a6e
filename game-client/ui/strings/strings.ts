/** The page's texts in the player's language. Components read them while they render, and so follow the language. */
import { computed, effect, signal } from "@preact/signals";
import { settings } from "#client/settings/settings.ts";
import { strings as en, type Strings } from "./languages/en.ts";
import { fetchLanguage, LANGUAGES } from "./languages.ts";

/** English comes with the page: it needs no second round trip, and it is there when another language fails to load. */
const tables = signal<Readonly<Record<string, Strings>>>({ en });

/** The first of the browser's languages that the page speaks; English if it speaks none of them. */
export function matchLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/** The browser's languages, most wanted first. */
const wanted = signal<readonly string[]>([]);
const readWanted = () => {
  wanted.value = navigator.languages ?? [navigator.language];
};
readWanted();
globalThis.addEventListener?.("languagechange", readWanted);

export const language = computed<string>(() => {
  const chosen = settings.language.value;
  return chosen === "auto" ? matchLanguage(wanted.value) : chosen;
});

/** Resolves when the language's texts are here. Rejects when they cannot be fetched: the page then stays English. */
export async function loadLanguage(wanted: string): Promise<void> {
  const table = tables.peek()[wanted] ?? (await fetchLanguage(wanted));
  tables.value = { ...tables.peek(), [wanted]: table };
}

effect(() => void loadLanguage(language.value).catch(() => {}));

/** Do not keep a part of it in a module's variable: that part would keep the language of the moment of loading. */
export const STRINGS: Strings = new Proxy(en, {
  get: (_, key) => (tables.value[language.value] ?? en)[key as keyof Strings],
});
