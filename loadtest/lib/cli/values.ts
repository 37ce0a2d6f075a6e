/** The kinds of values that options take: a parser each, and words for what it accepts. */
import { z } from "zod";

export interface Rule<Value> {
  readonly parse: z.ZodType<Value>;
  readonly allowed: string;
}

/** `aside` is a remark in brackets after the range. */
export function wholeNumber(min: number, max: number, aside?: string): Rule<number> {
  const parse = z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max);
  return { parse, allowed: `a whole number from ${min} to ${max}${aside ? ` (${aside})` : ""}` };
}

/** A number from 0 to `max`, fractions included. */
export const measure = (unit: string, max: number): Rule<number> => measureFrom(0, unit, max);

export function measureFrom(min: number, unit: string, max: number): Rule<number> {
  const parse = z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .refine((amount) => amount >= min && amount <= max);
  return { parse, allowed: `${unit} from ${min} to ${max}` };
}

/** "2%" → 0.02 */
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

/** Values separated by commas, each once: "a,b". */
export const listOf = <Value>({ parse, allowed }: Rule<Value>): Rule<Value[]> => ({
  parse: z
    .string()
    .transform((text) => [...new Set(text.split(","))])
    .pipe(z.array(parse as z.ZodType<Value, string>)),
  allowed: `values separated by commas, each ${allowed}`,
});

export const byDefault = <Value>({ parse, allowed }: Rule<Value>, value: Value): Rule<Value> => ({
  parse: parse.optional().transform((given) => given ?? value),
  allowed,
});

export const ifGiven = <Value>({ parse, allowed }: Rule<Value>): Rule<Value | undefined> => ({
  parse: parse.optional(),
  allowed,
});
