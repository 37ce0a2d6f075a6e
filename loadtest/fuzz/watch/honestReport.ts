/** What the honest pair, in its own process, tells the fuzzer. */
export type FromHonestPair =
  | { kind: "entered"; room: string }
  /** Milliseconds between the patches that each of them got since the last report. */
  | { kind: "report"; patchGapsMs: number[]; largestCorrectionPx: number; corrections: number }
  /** What no attack may do to them. */
  | { kind: "disturbed"; what: string };

export const HONEST_ENV = { url: "FUZZ_URL", token: "FUZZ_TOKEN" } as const;
