/** Reads a token's age from its dates. The page cannot verify the signature, and need not: the server does. */

const DAY_SEC = 86_400;
/** Counts a token as expired this much early, because the request that shows it takes time. */
const MARGIN_SEC = 30;

/** Seconds by which this page's clock is ahead of the server's, as far as it is known. */
let aheadSec = 0;

const nowSec = () => Date.now() / 1000 - aheadSec;

/** "ageing": older than half of its life, or than half a day. A token without dates counts as fresh: the server decides. */
export function conditionOf(token: string): "fresh" | "ageing" | "expired" {
  const dates = datesOf(token);
  if (!dates) return "fresh";
  const { iat, exp } = dates;
  if (nowSec() >= exp - MARGIN_SEC) return "expired";
  return nowSec() - iat > Math.min(exp - iat, DAY_SEC) / 2 ? "ageing" : "fresh";
}

/** Call with a token that the server has just issued: it tells the server's time. */
export function noteIssued(token: string): void {
  const dates = datesOf(token);
  if (dates) aheadSec = Date.now() / 1000 - dates.iat;
}

function datesOf(token: string): { iat: number; exp: number } | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const { iat, exp } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return Number.isFinite(iat) && Number.isFinite(exp) ? { iat, exp } : undefined;
  } catch {
    return undefined;
  }
}
