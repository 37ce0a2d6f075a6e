/** The command-line parser that all scripts share. The tests of each script cover its own table. */
import { describe, expect, test } from "vitest";
import { flag, helpText, OptionError, option, parseOptions } from "./options.ts";
import { byDefault, ifGiven, listOf, measure, oneOf, share, wholeNumber } from "./values.ts";

const TABLE = {
  clients: option("clients", byDefault(wholeNumber(1, 100), 10), "how many", "50"),
  rampSec: option("ramp", ifGiven(measure("seconds", 60)), "how long", "2.5"),
  kind: option("kind", byDefault(oneOf(["full", "light"]), "full"), "of what kind", "light"),
  loss: option("loss", byDefault(share, 0), "how much is lost", "2%"),
  loud: flag("loud", "says more"),
  sizes: option("sizes", byDefault(listOf(wholeNumber(1, 9)), [5]), "several of them", "1,2"),
};
const parse = (line: string) => parseOptions(TABLE, line.split(" ").filter(Boolean));

describe("options", () => {
  test("[OPT-1] an empty command line gives every default, under the program's own names", () => {
    expect(parse("")).toEqual({
      clients: 10,
      rampSec: undefined,
      kind: "full",
      loss: 0,
      loud: false,
      sizes: [5],
    });
  });

  test("[OPT-2] a value follows a space or an equals sign; a flag has none", () => {
    expect(parse("--clients 7 --ramp=2.5 --kind light --loss 2.5% --loud --sizes 2,1,2")).toEqual({
      clients: 7,
      rampSec: 2.5,
      kind: "light",
      loss: 0.025,
      loud: true,
      sizes: [2, 1],
    });
  });

  test.each([
    ["--clients many", '--clients is "many"; expected a whole number from 1 to 100.'],
    ["--clients 0", '--clients is "0"'],
    ["--clients", '--clients is ""'],
    ["--clients --loud", '--clients is "--loud"'],
    ["--ramp -1", '--ramp is "-1"; expected seconds from 0 to 60.'],
    ["--kind heavy", '--kind is "heavy"; expected one of full, light.'],
    ["--loss 2", '--loss is "2"'],
    [
      "--sizes 2,x",
      '--sizes is "2,x"; expected values separated by commas, each a whole number from 1 to 9.',
    ],
    ["--loud=yes", '--loud is "yes"; expected no value: it is a flag.'],
    [
      "--speed 3",
      "--speed is not an option; expected one of --clients, --ramp, --kind, --loss, --loud, --sizes, --help.",
    ],
    ["fast", "fast is not an option"],
  ])("[OPT-3] %s fails with one line that names what is expected", (line, message) => {
    expect(() => parse(line)).toThrow(OptionError);
    expect(() => parse(line)).toThrow(message);
  });

  test("[OPT-4] --help works anywhere on the line and lists every option with its values", () => {
    expect(parse("--clients nonsense --help")).toBe("help");
    const help = helpText("Does something.", TABLE);
    for (const { name, meaning } of Object.values(TABLE))
      expect(help).toMatch(new RegExp(`--${name}.*${meaning}`));
    expect(help).toContain("a whole number from 1 to 100");
  });
});
