/** The arithmetic of the cost table, on a server of numbers. */
import { expect, test } from "vitest";
import { type Bench, type Kind, measureKinds, type Prepare, type Reading } from "./meter.ts";
import { BOUNDS, costTable, judge, unitOf } from "./table.ts";

const PIECES = 50;

/** A server whose use is counted here. It uses 1 µs of CPU and answers 2 bytes in each ms, whatever is sent. */
function countedServer() {
  const used = { atMs: 0, cpuUs: 0, bytesIn: 0, bytesOut: 0, logBytes: 0, pieces: 0 };
  const pass = (ms: number) => {
    used.atMs += ms;
    used.cpuUs += ms;
    used.bytesOut += 2 * ms;
  };
  const bench: Bench = {
    read: async (): Promise<Reading> => ({ ...used }),
    idle: async () => pass(100),
  };
  /** Costs this much a byte, in 50 ms. */
  const costing =
    (cpuUs: number, bytesOut = 0, logBytes = 0, bytes = 1000): Prepare =>
    async () => {
      // The cost of getting ready does not count.
      used.cpuUs += 5000;
      return async () => {
        pass(50);
        used.bytesIn += bytes;
        used.pieces += PIECES;
        used.cpuUs += cpuUs * bytes;
        used.bytesOut += bytesOut * bytes;
        used.logBytes += logBytes * bytes;
        return "200 1";
      };
    };
  return { bench, costing };
}

const COUNTS = { rounds: 3, warmUps: 1 };
const kind = (name: string, sides: Pick<Kind, "accepted" | "refused">): Kind => ({
  name,
  promise: "GUARD",
  ...sides,
});

test("[FUZZ-23] a cost is what sending used for each byte, without what the server uses anyway", async () => {
  const { bench, costing } = countedServer();
  const [cost] = await measureKinds([kind("command", { accepted: costing(0.5, 3, 0.1) })], bench, COUNTS);
  expect(cost?.accepted?.cpuUs).toBeCloseTo(0.5);
  expect(cost?.accepted?.eachUs).toBeCloseTo((0.5 * 1000) / PIECES);
  expect(cost?.accepted?.bytesOut).toBeCloseTo(3);
  expect(cost?.accepted?.logBytes).toBeCloseTo(0.1);
  expect(cost?.refused).toBeUndefined();
});

test("[FUZZ-24] rounds that warm up do not count, and one odd round of three decides nothing", async () => {
  const { bench, costing } = countedServer();
  const rounds = [costing(90), costing(1), costing(50), costing(1)];
  let round = 0;
  const changing: Prepare = async () => (rounds[round++] as Prepare)();
  const [cost] = await measureKinds([kind("command", { accepted: changing })], bench, COUNTS);
  expect(cost?.accepted?.cpuUs).toBeCloseTo(1);
});

test("[FUZZ-25] the tool finds a handler that is too dear for a byte, an answer too large, and a log too long", async () => {
  const { bench, costing } = countedServer();
  const unitUs = 0.25;
  const dearUs = unitUs * (BOUNDS.refused.byte + 1);
  const kinds = [
    kind("command", { accepted: costing(unitUs), refused: costing(unitUs) }),
    kind("fair", { accepted: costing(unitUs * 9), refused: costing(unitUs * 1.5, 9, 0.9) }),
    kind("dear", { accepted: costing(dearUs), refused: costing(dearUs) }),
    kind("loud", { refused: costing(unitUs, BOUNDS.refused.out + 1, BOUNDS.refused.log + 1) }),
  ];
  const measured = await measureKinds(kinds, bench, COUNTS);
  const unit = unitOf(measured, "command");
  const rows = judge(measured, unit);
  const found = rows.flatMap(({ name, side, over }) => (over.length > 0 ? [[name, side, ...over]] : []));
  expect(found).toEqual([
    ["dear", "refused", "byte"],
    ["loud", "refused", "out", "log"],
  ]);
  const lines = costTable(rows, unit).split("\n");
  expect(lines.find((line) => line.startsWith("dear") && line.includes("refused"))).toMatch(
    /4! .*OVER: byte$/,
  );
  expect(lines.find((line) => line.startsWith("fair") && line.includes("accepted"))).not.toContain("OVER");
});

test("[FUZZ-32] a piece that is too dear is found, however many bytes it has, unless its kind may be dear", async () => {
  const { bench, costing } = countedServer();
  const dear = { accepted: costing(1, 0, 0, (BOUNDS.accepted.each + 1) * 1000) };
  const kinds = [
    kind("command", { accepted: costing(1) }),
    kind("large", dear),
    { ...kind("room", dear), eachMax: 2 * BOUNDS.accepted.each },
  ];
  const measured = await measureKinds(kinds, bench, COUNTS);
  const rows = judge(measured, unitOf(measured, "command"));
  expect(rows.map(({ over }) => over)).toEqual([[], ["each"], []]);
});

test("[FUZZ-26] nothing is judged without a plain command to compare with", () => {
  expect(() => unitOf([], "command")).toThrow('"command" has no cost');
});
