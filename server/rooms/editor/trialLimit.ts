/** How often a visitor tries drafts out, over all drafts: each opens a room, and may be kept as an arena. */
import type { Visitor } from "#server/edge/visitor.ts";

/** Throws Refused. */
type CountTrial = (visitor: Visitor) => Promise<void>;

let provided: CountTrial = async () => {};

/** Called once when the server starts: Colyseus creates rooms, and hands them nothing. */
export function provideTrialLimit(count: CountTrial): void {
  provided = count;
}

export const countTrial: CountTrial = (visitor) => provided(visitor);
