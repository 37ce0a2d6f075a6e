/** The order of the bench's runs, and its command line. */
import { expect, test } from "vitest";
import { type Options, readOptions } from "./options.ts";
import { planOf } from "./plan.ts";
import { roomsIn } from "./scenarios/scenario.ts";
import { SERVERS_BY_DEFAULT } from "./servers/names.ts";

const options = (line: string) => readOptions(line.split(" ").filter(Boolean)) as Options;

test("[BENCH-14] all servers of a size run in a row with one scenario, and each round begins with another server", () => {
  const plan = planOf(options("--players 20,10 --rounds 4 --seed 5"));
  expect(plan).toHaveLength(2 * 4 * SERVERS_BY_DEFAULT.length);
  const rows = Array.from({ length: 8 }, (_, row) => plan.slice(4 * row, 4 * row + 4));
  for (const [index, row] of rows.entries()) {
    const [first] = row;
    expect(row.map(({ scenario }) => scenario)).toEqual(new Array(4).fill(first?.scenario));
    expect(row.map(({ server }) => server).sort()).toEqual([...SERVERS_BY_DEFAULT].sort());
    expect(first?.scenario).toMatchObject({ seed: 5 + Math.floor(index / 2), players: index % 2 ? 20 : 10 });
  }
  const beginners = rows.filter((_, index) => index % 2 === 0).map(([first]) => first?.server);
  expect(new Set(beginners).size).toBe(4);
});

test("[BENCH-15] the error for a wrong option names it", () => {
  expect(options("")).toMatchObject({ players: [50, 100, 200, 400], rounds: 3, spread: "equal" });
  expect(options("--rooms-of 8")).toMatchObject({ players: [200, 600], roomsOf: 8 });
  expect(options("--servers floor,fracas").servers).toEqual(["fracas", "floor"]);
  for (const wrong of ["--players 4", "--players x", "--servers mine", "--rounds 0", "--rooms-of 1"]) {
    expect(() => options(wrong)).toThrow(wrong.split(" ")[0]);
  }
});

test("[BENCH-23] with --rooms-of the players fight in rooms of that size, the last one of what is left", () => {
  const [{ scenario } = { scenario: undefined }] = planOf(options("--rooms-of 8 --players 20 --seed 5"));
  expect(scenario).toEqual({ kind: "fight", seed: 5, players: 20, roomSize: 8 });
  expect(scenario && roomsIn(scenario)).toBe(3);
});
