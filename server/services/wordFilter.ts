/** Finds and censors offensive words in any spelling, for chat, titles and room codes. */
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
 * Words for the page's other languages; the library knows English only. Spelled as the library normalizes text: without
 * accents, and with most double letters reduced to one. `|` marks a word boundary.
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

/** Innocent words that contain one of the library's words. */
const INNOCENT = ["cockpit", "peacock", "hancock", "hitchcock", "shitake"];

const words = new DataSet<{ originalWord: string }>().addAll(englishDataset);
for (const word of GERMAN_AND_FRENCH) {
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

const matcher = new RegExpMatcher({ ...words.build(), ...englishRecommendedTransformers });
const censorer = new TextCensor().setStrategy(asteriskCensorStrategy());

export const isFoul = (text: string): boolean => matcher.hasMatch(text);

/** Replaces offensive words with asterisks; takes about 0.1 ms for a line of chat. */
export const censor = (text: string): string => censorer.applyTo(text, matcher.getAllMatches(text));
