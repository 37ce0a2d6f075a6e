/** Joins a room at the player's request, and waits its turn where the server is busy or restarting. */
import { beginAttempt, type ConnectionContext } from "./connectionContext.ts";
import { describeFailure, type Failure, isCrowd } from "./failure.ts";
import { joinOnce, keepTrying, rejoin, reportFailure } from "./reconnect.ts";

/** How long to wait for admission when many clients join at once. */
const CROWD_PATIENCE_MS = 15_000;

/** Never rejects: the listener is notified of each outcome. */
export async function join(context: ConnectionContext): Promise<void> {
  const attempt = beginAttempt(context);
  context.listener.onChange({ kind: "joining" });
  const once = () => joinOnce(context, attempt);
  await once().catch((error) => {
    if (attempt !== context.newestAttempt) return;
    const failure = describeFailure(error);
    if (failure.kind === "restarting") return rejoin(context);
    const giveUp = (failure: Failure) => reportFailure(context, failure);
    if (isCrowd(error)) return keepTrying(context, attempt, CROWD_PATIENCE_MS, once, giveUp);
    giveUp(failure);
  });
}
