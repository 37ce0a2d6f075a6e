/** The steps of corpus entries, and plans of the generator written as such steps. */
import { expect, test } from "vitest";
import { readCorpus } from "./corpus.ts";
import { parseStep, stepsOf } from "./corpusSteps.ts";
import { planConnection } from "./plan/connection.ts";

const bytes = (line: string) => {
  const step = parseStep(line);
  return step.kind === "noJoin" ? "" : Buffer.from(step.bytes).toString("hex");
};

test("[FUZZ-13] a step is a frame in hex, a text frame, or bytes of the stream", () => {
  expect(bytes("14 00 ff")).toBe("1400ff");
  expect(bytes("0dd9 78*3")).toBe("0dd9787878");
  expect(bytes("text ok")).toBe("6f6b");
  expect(parseStep("stream 8205")).toMatchObject({ kind: "stream" });
  expect(parseStep("no join")).toEqual({ kind: "noJoin" });
  expect(() => parseStep("14 0")).toThrow("is not hex");
});

test("[FUZZ-14] every file of the corpus is valid, has a description, and sends something", () => {
  const corpus = readCorpus();
  expect(corpus.length).toBeGreaterThan(10);
  for (const { file, what, connections, requests } of corpus) {
    expect(what, file).not.toBe("");
    expect(connections.length + requests.length, file).toBeGreaterThan(0);
  }
});

test("[FUZZ-15] the steps saved for a connection are what was sent on it", () => {
  for (let index = 0; index < 30; index++) {
    const plan = planConnection(7, index);
    const sent = plan.bursts.flatMap(({ honest, suspect }, nth) => [
      ...(nth === plan.acknowledgeAt ? [plan.acknowledgement] : []),
      ...honest,
      ...suspect,
    ]);
    const hex = [...sent.map((piece) => piece.message ?? piece.bytes), plan.farewell].map((piece) =>
      Buffer.from(piece).toString("hex"),
    );
    expect(stepsOf(plan).map(bytes).join("")).toBe(hex.join(""));
  }
});
