/** Which words nobody wants to read, however they are written: for what people say, and for what the server draws. */
import {
  asteriskCensorStrategy,
  DataSet,
  englishDataset,
  englishRecommendedTransformers,
  parseRawPattern,
  RegExpMatcher,
  TextCensor,
} from "obscenity";

/**
 * The library knows English alone, and the page speaks German and French as well. Written as the library reads text:
 * without accents, most letters never twice. `|`: where a word begins or ends.
 */
const GERMAN_AND_FRENCH = [
  "arschloch",
  "fotze",
  "hurensohn",
  "missgeburt",
  "|nute|",
  "|nuten|",
  "schlampe",
  "schwuchtel",
  "wichser",
  "|conard",
  "|conasse",
  "encule",
  "|nique ta",
  "|pute|",
  "|putain",
  "salope",
  "|negre|",
];

/** Innocent, though they hold one of the library's words. */
const INNOCENT = ["cockpit", "peacock", "hancock", "hitchcock", "shitake"];

const words = new DataSet<{ originalWord: string }>().addAll(englishDataset);
for (const word of GERMAN_AND_FRENCH) {
  words.addPhrase((phrase) =>
    phrase.setMetadata({ originalWord: word.replaceAll("|", "") }).addPattern(parseRawPattern(word)),
  );
}
words.addPhrase((phrase) => INNOCENT.reduce((built, word) => built.addWhitelistedTerm(word), phrase));

/** Each word that the filter knows, once, as it is spelt. */
export const FOUL_WORDS: ReadonlySet<string> = new Set(
  words.build().blacklistedTerms.flatMap(({ id }) => {
    const match = { termId: id, matchLength: 0, startIndex: 0, endIndex: 0 };
    return words.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? [];
  }),
);

const matcher = new RegExpMatcher({ ...words.build(), ...englishRecommendedTransformers });
const stars = new TextCensor().setStrategy(asteriskCensorStrategy());

export const isFoul = (text: string): boolean => matcher.hasMatch(text);

/** Stars instead of every word that nobody wants to read; about 0.1 ms for a line of chat. */
export const censor = (text: string): string => stars.applyTo(text, matcher.getAllMatches(text));
