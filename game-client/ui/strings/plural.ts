/** The plural rules of a language (Intl.PluralRules): some have one form, English has two, Polish has four. */

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Returns a function that chooses the language's form for a number, or `other` where that form is not given. */
export function pluralIn(tag: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(tag);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
