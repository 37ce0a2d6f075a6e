/** The texts of the screens that lead into rooms: beside STRINGS, for the first download does without them. */
import type { Language } from "#client/settings/settings.ts";
import { lobbyDe } from "#client/ui/strings/lobby/de.ts";
import { lobbyEn } from "#client/ui/strings/lobby/en.ts";
import { lobbyFr } from "#client/ui/strings/lobby/fr.ts";
import { language, type Widened } from "#client/ui/strings/strings.ts";

export type LobbyWords = Widened<typeof lobbyEn>;

export const LOBBY_TABLES: Readonly<Record<Language, LobbyWords>> = { en: lobbyEn, de: lobbyDe, fr: lobbyFr };

/** As STRINGS: not to be taken apart when a module loads. */
export const WORDS: LobbyWords = new Proxy(lobbyEn as LobbyWords, {
  get: (_, key) => LOBBY_TABLES[language.value][key as keyof LobbyWords],
});
