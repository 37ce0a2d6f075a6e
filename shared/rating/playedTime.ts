/** Says how long a person must play in a match to have taken part in it. */

/** People who played for less are not rated in a match, do not count among its people, and complete and win nothing by it. */
export const RATED_AFTER_SEC = 30;
