/** The page's texts in the language that is in use. Read them while rendering, and they change with the language. */
import { computed, effect, signal } from "@preact/signals";
import { LANGUAGES, type Language, settings } from "#client/settings/settings.ts";
import { en } from "./en.ts";
import type { roomEn } from "./room/en.ts";

/** English's shape, with any words in it. */
export type Widened<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Widened<T[K]> };

export type Strings = Widened<typeof en>;
export type RoomStrings = Widened<typeof roomEn>;

/** English comes with the page, every other language when it is wanted. */
const LOADERS: Readonly<Record<Language, () => Promise<Strings>>> = {
  en: async () => en,
  de: async () => (await import("./de.ts")).de,
  fr: async () => (await import("./fr.ts")).fr,
};

const tables = signal<Readonly<Partial<Record<Language, Strings>>>>({ en });

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
};

/** The first of the browser's languages that there is a table for; English otherwise. */
export function matchLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}

export const language = computed<Language>(() => {
  const chosen = settings.language.value;
  return chosen === "auto" ? matchLanguage(navigator.languages ?? [navigator.language]) : chosen;
});

/** Resolves when the texts are there; rejects when they could not be fetched, and English stays. */
export async function loadLanguage(wanted: Language): Promise<void> {
  const table = tables.peek()[wanted] ?? (await LOADERS[wanted]());
  tables.value = { ...tables.peek(), [wanted]: table };
}

effect(() => void loadLanguage(language.value).catch(() => {}));

/** Not to be taken apart when a module loads: that would keep the language of that moment. */
export const STRINGS: Strings = new Proxy(en as Strings, {
  get: (_, key) => (tables.value[language.value] ?? en)[key as keyof Strings],
});
