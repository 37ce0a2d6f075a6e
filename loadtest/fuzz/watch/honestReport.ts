/** The messages from the process of the honest pair to the fuzzer. */
export type FromHonestPair =
  | { kind: "entered"; room: string }
  /** Since the last report: the gaps between the patches of each player, and the corrections of both. */
  | { kind: "report"; patchGapsMs: number[]; largestCorrectionPx: number; corrections: number }
  /** Something that no attack may cause happened to a player. */
  | { kind: "disturbed"; what: string };

/** The environment variables of that process. */
export const HONEST_ENV = { url: "FUZZ_URL", token: "FUZZ_TOKEN" } as const;
