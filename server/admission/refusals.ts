/** Refusals as errors of this process, and as values that cross to another one. */
import { ErrorCode, ServerError } from "@colyseus/core";
import { isRoomFullMessage } from "#server/colyseus/seatErrors.ts";
import { Refused } from "#server/edge/refused.ts";
import { logError } from "#server/logOnce.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Answered, refusal } from "./roomQuestions.ts";

/** Passes Colyseus' own refusals on to the player; logs an unexpected ServerError and hides its text. */
export function asRefused(error: unknown): Error {
  if (!(error instanceof ServerError)) return error as Error;
  const { code, message } = error;
  // Another visitor took the last seat in the meantime.
  if (isRoomFullMessage(message)) return new Refused(REFUSAL.roomFull, "This room is full.");
  const isExpected =
    Number.isInteger(code) && code >= 400 && code <= 599 && code !== ErrorCode.MATCHMAKE_UNHANDLED;
  if (isExpected) return new Refused(code, message, code === REFUSAL.serverFull ? 30 : undefined);
  logError(error, "matchmaking failed");
  return new Refused(ErrorCode.MATCHMAKE_UNHANDLED, "The server could not find you a place. Try again.");
}

/** Turns a thrown error into a value. Logs an error that is no refusal, and hides its text. */
export function refusalOf(error: unknown): Answered<never> {
  const refused = asRefused(error);
  if (refused instanceof Refused) {
    const { status, message, retryAfterSec } = refused;
    return refusal(status, message, retryAfterSec);
  }
  logError(refused, "a room could not answer");
  return refusal(500, "The server failed. It was noted.");
}

/** The value of an answer. Throws Refused. */
export function orThrow<Value>(answer: Answered<Value>): Value {
  if (answer.ok) return answer.value;
  throw new Refused(answer.status, answer.message, answer.retryAfterSec);
}
