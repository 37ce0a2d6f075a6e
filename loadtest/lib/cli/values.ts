/** What may be typed as an option's value: a parser, and the words for what it allows. */
import { z } from "zod";

export interface Rule<Value> {
  readonly parse: z.ZodType<Value>;
  readonly allowed: string;
}

/** `aside` goes into brackets behind the range. */
export function wholeNumber(min: number, max: number, aside?: string): Rule<number> {
  const parse = z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max);
  return { parse, allowed: `a whole number from ${min} to ${max}${aside ? ` (${aside})` : ""}` };
}

/** Fractions as well. */
export function measure(unit: string, max: number): Rule<number> {
  const parse = z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .refine((amount) => amount <= max);
  return { parse, allowed: `${unit} from 0 to ${max}` };
}

/** 2% → 0.02 */
export const share: Rule<number> = {
  parse: z
    .string()
    .regex(/^\d+(\.\d+)?%$/)
    .transform((text) => Number.parseFloat(text) / 100)
    .refine((value) => value <= 1),
  allowed: "a percentage from 0% to 100%, such as 2%",
};

export function oneOf<Name extends string>(names: readonly Name[]): Rule<Name> {
  return { parse: z.enum(names as [Name, ...Name[]]), allowed: `one of ${names.join(", ")}` };
}

export const byDefault = <Value>({ parse, allowed }: Rule<Value>, value: Value): Rule<Value> => ({
  parse: parse.optional().transform((given) => given ?? value),
  allowed,
});

export const ifGiven = <Value>({ parse, allowed }: Rule<Value>): Rule<Value | undefined> => ({
  parse: parse.optional(),
  allowed,
});
