/** Tells stalls of the machine from faults of the prediction. */

/** A server that misses this much time may drop commands of its bounded backlog, which corrects the client rightly. */
export const STALL_MS = 150;

/** Measures the longest time between two notes, ms: the first counts from now, the last until it is asked for. */
export function longestGap() {
  let [notedAt, longest] = [performance.now(), 0];
  const note = () => {
    const now = performance.now();
    longest = Math.max(longest, now - notedAt);
    notedAt = now;
  };
  const longestMs = () => {
    note();
    return longest;
  };
  return { note, longestMs };
}
