/**
 * Bounds how fast strangers guess a room's password, or the code of an unlisted room.
 *
 * Wrong guesses count by network and identity, and those of everybody together count by what is guessed, because an
 * attacker may have thousands of networks. While there are too many together, a network has two wrong guesses in a window,
 * as two people of one house may guess at the same moment. Guesses of other networks never refuse the right guess; those
 * of the visitor's own network may, until the window ends.
 */
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { MessageRate } from "#shared/protocol/messages.ts";

interface Guessed {
  readonly limit: LimitName;
  readonly underAttack: LimitName;
  /** Wrong guesses of everybody together, beyond which it counts as under attack. */
  readonly together: MessageRate;
}

const GUESSED = {
  password: {
    limit: "roomPassword",
    underAttack: "attackedPassword",
    together: { burst: 50, perSec: 1 / 6 },
  },
  /**
   * Of ten thousand codes one is a room's when the process is full. After a restart the process knows no code of before:
   * the burst is for the players who come back to such a room.
   */
  code: { limit: "roomCode", underAttack: "attackedCode", together: { burst: 1000, perSec: 1 } },
} as const satisfies Record<string, Guessed>;

/** More rooms than a machine holds; beyond them, the room whose password was tried least recently is forgotten. */
const BUCKETS_MAX = 10_000;

/** The tokens left for wrong guesses, by what is guessed: a room's password, or the room codes. */
const buckets = new Map<string, TokenBucket>();

/**
 * Call before the guess is checked, so that simultaneous guesses all count, and the returned function afterwards. `room`:
 * whose password is guessed; the limits count each room apart. Throws Refused (429).
 */
export async function countGuess(
  limits: Limits,
  kind: keyof typeof GUESSED,
  room: string | undefined,
  visitor: Visitor,
): Promise<(isRight: boolean) => Promise<void>> {
  const { limit, underAttack, together } = GUESSED[kind];
  const bucket = bucketOf(room ?? "", together);
  const counted = bucket.waitMs > 0 ? underAttack : limit;
  await limits.count(counted, visitor, room);
  return async (isRight) => {
    if (isRight) await limits.refund(counted, visitor, room);
    else if (!visitor.isExempt) bucket.take(performance.now());
  };
}

function bucketOf(key: string, together: MessageRate): TokenBucket {
  const bucket = buckets.get(key) ?? new TokenBucket(together, performance.now());
  buckets.delete(key);
  buckets.set(key, bucket);
  const [oldest] = buckets.keys();
  if (buckets.size > BUCKETS_MAX && oldest !== undefined) buckets.delete(oldest);
  return bucket;
}
