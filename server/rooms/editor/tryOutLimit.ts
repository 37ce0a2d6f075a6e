/** How often a visitor tries drafts out, over all drafts: each opens a room, and may be kept as an arena. */
import type { Visitor } from "#server/edge/visitor.ts";

/** Throws Refused. */
type CountTryOut = (visitor: Visitor) => Promise<void>;

let provided: CountTryOut = async () => {};

/** Called once when the server starts: Colyseus creates rooms, and hands them nothing. */
export function provideTryOutLimit(count: CountTryOut): void {
  provided = count;
}

export const countTryOut: CountTryOut = (visitor) => provided(visitor);
