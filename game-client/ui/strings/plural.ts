/** The plural rules of a language (Intl.PluralRules): some have one form, English has two, Polish has four. */

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** For a language's table: returns a function that chooses the form for a number, `other` where no other form is given. */
export function pluralIn(tag: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(tag);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
