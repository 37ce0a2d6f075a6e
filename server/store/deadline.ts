/** The time until which a question may change the database: its asker gives up then, and must not be told a lie. */
import { AsyncLocalStorage } from "node:async_hooks";

/** Milliseconds of a clock that all threads share and that never jumps. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The question was not done in time; nothing of it was committed. */
export class TooLateError extends Error {}

const deadlines = new AsyncLocalStorage<number>();

/** `untilMs`: of monotonicMs. Transactions that `act` would commit later are rolled back. */
export const withDeadline = <Value>(untilMs: number, act: () => Promise<Value>): Promise<Value> =>
  deadlines.run(untilMs, act);

/** Undefined where there is no deadline, as for commands of operators. Below 0 once it has passed. */
export const timeLeftMs = (untilMs = deadlines.getStore()): number | undefined =>
  untilMs === undefined ? undefined : untilMs - monotonicMs();

/** Throws TooLateError after the deadline. */
export function assertInTime(untilMs?: number): void {
  if ((timeLeftMs(untilMs) ?? 0) < 0)
    throw new TooLateError("the store was too slow: the question is given up");
}
