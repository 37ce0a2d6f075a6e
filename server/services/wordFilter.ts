/** Finds and censors offensive words in any spelling, for chat, names, titles and room codes. */
import {
  asteriskCensorStrategy,
  DataSet,
  englishDataset,
  englishRecommendedBlacklistMatcherTransformers,
  englishRecommendedWhitelistMatcherTransformers,
  type MatchPayload,
  parseRawPattern,
  RegExpMatcher,
  remapCharactersTransformer,
  TextCensor,
} from "obscenity";
import { FOUL, INNOCENT, REPLACED } from "./foulWords.ts";
import { LOOK_ALIKES } from "./lookAlikes.ts";

const words = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  .removePhrasesIf(({ metadata }) => REPLACED.has(metadata?.originalWord ?? ""));
for (const word of FOUL) {
  words.addPhrase((phrase) =>
    phrase.setMetadata({ originalWord: word.replaceAll("|", "") }).addPattern(parseRawPattern(word)),
  );
}
words.addPhrase((phrase) => INNOCENT.reduce((built, word) => built.addWhitelistedTerm(word), phrase));

/** Every word that the filter knows, in its usual spelling. */
export const FOUL_WORDS: ReadonlySet<string> = new Set(
  words.build().blacklistedTerms.flatMap(({ id }) => {
    const match = { termId: id, matchLength: 0, startIndex: 0, endIndex: 0 };
    return words.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? [];
  }),
);

const matcher = new RegExpMatcher({
  ...words.build(),
  blacklistMatcherTransformers: [
    remapCharactersTransformer(LOOK_ALIKES),
    ...englishRecommendedBlacklistMatcherTransformers,
  ],
  whitelistMatcherTransformers: englishRecommendedWhitelistMatcherTransformers,
});
const censorer = new TextCensor().setStrategy(asteriskCensorStrategy());

/** Single letters with one to three signs between them, as in "f.u.c.k". */
const SPELLED_OUT =
  /(?<![\p{L}\p{N}@$!])(?:[\p{L}\p{N}@$!][ ._*-]{1,3}){2,}[\p{L}\p{N}@$!](?![\p{L}\p{N}@$!])/gu;
const SEPARATORS = /[ ._*-]/g;

export const isFoul = (text: string): boolean => censor(text) !== text;

/** Replaces offensive words with asterisks; takes about 0.1 ms for a line of chat. */
export function censor(text: string): string {
  const spelled = text.replace(SPELLED_OUT, (run) =>
    matchesIn(run.replace(SEPARATORS, "")).length > 0 ? run.replace(/[^ ._*-]+/g, "*") : run,
  );
  return censorer.applyTo(spelled, matchesIn(spelled));
}

/** Digits alone are a number, although the library reads 455 as a word. */
const matchesIn = (text: string): MatchPayload[] =>
  matcher
    .getAllMatches(text)
    .filter(({ startIndex, endIndex }) => /\p{L}/u.test(text.slice(startIndex, endIndex + 1)));
