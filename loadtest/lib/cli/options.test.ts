/** The parser that all scripts share; each script's own tests know its table. */
import { describe, expect, test } from "vitest";
import { flag, helpText, OptionError, option, parseOptions } from "./options.ts";
import { byDefault, ifGiven, measure, oneOf, share, wholeNumber } from "./values.ts";

const TABLE = {
  clients: option("clients", byDefault(wholeNumber(1, 100), 10), "how many", "50"),
  rampSec: option("ramp", ifGiven(measure("seconds", 60)), "how long", "2.5"),
  kind: option("kind", byDefault(oneOf(["full", "light"]), "full"), "of what kind", "light"),
  loss: option("loss", byDefault(share, 0), "how much is lost", "2%"),
  loud: flag("loud", "says more"),
};
const parse = (line: string) => parseOptions(TABLE, line.split(" ").filter(Boolean));

describe("options", () => {
  test("[OPT-1] nothing typed is every default, under the names that the program uses", () => {
    expect(parse("")).toEqual({ clients: 10, rampSec: undefined, kind: "full", loss: 0, loud: false });
  });

  test("[OPT-2] values come with a space or an equals sign, flags with nothing", () => {
    expect(parse("--clients 7 --ramp=2.5 --kind light --loss 2.5% --loud")).toEqual({
      ...{ clients: 7, rampSec: 2.5, kind: "light", loss: 0.025, loud: true },
    });
  });

  test.each([
    ["--clients many", '--clients is "many", but allowed is a whole number from 1 to 100.'],
    ["--clients 0", '--clients is "0"'],
    ["--clients", '--clients is ""'],
    ["--clients --loud", '--clients is "--loud"'],
    ["--ramp -1", '--ramp is "-1", but allowed is seconds from 0 to 60.'],
    ["--kind heavy", '--kind is "heavy", but allowed is one of full, light.'],
    ["--loss 2", '--loss is "2"'],
    ["--loud=yes", '--loud is "yes", but allowed is nothing: it is a flag.'],
    ["--speed 3", "--speed is no option; allowed are --clients, --ramp, --kind, --loss, --loud, --help."],
    ["fast", "fast is no option"],
  ])("[OPT-3] %s ends with one line that says what is allowed", (line, message) => {
    expect(() => parse(line)).toThrow(OptionError);
    expect(() => parse(line)).toThrow(message);
  });

  test("[OPT-4] help is asked for from anywhere, and tells every option with what is allowed", () => {
    expect(parse("--clients nonsense --help")).toBe("help");
    const help = helpText("Does something.", TABLE);
    for (const { name, meaning } of Object.values(TABLE))
      expect(help).toMatch(new RegExp(`--${name}.*${meaning}`));
    expect(help).toContain("a whole number from 1 to 100");
  });
});
