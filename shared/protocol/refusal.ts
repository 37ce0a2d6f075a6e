/**
 * Why a join is refused: the code goes over the wire, the page decides by it what to show.
 * Codes are HTTP statuses, for matchmaking is an HTTP call.
 */
export const REFUSAL = {
  badJoinOptions: 400,
  stalePage: 426,
} as const;
