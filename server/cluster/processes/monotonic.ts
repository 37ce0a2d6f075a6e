/** A clock that the processes of a machine share. performance.now() counts from the start of its process. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);
