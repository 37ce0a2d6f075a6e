/** The environment variable that marks the first process of a server under test. */
export const FIRST = "FRACAS_BENCH_FIRST";
