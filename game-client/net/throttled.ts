/** Limits how often something is called. */

/** Lets at most one call through in `everyMs`; the last one always goes through. */
export function throttled<Given>(everyMs: number, call: (given: Given) => void): (given: Given) => void {
  let next: Given | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (next === undefined) return;
    call(next);
    next = undefined;
    timer = setTimeout(flush, everyMs);
  };
  return (given) => {
    next = given;
    if (timer === undefined) flush();
  };
}
