/** The type of the functions that carry out host actions. */
import type { RoomContext } from "#server/rooms/context.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { ActionOf, HostActionName } from "#shared/protocol/host.ts";

/** `by` is the seat of the person who acts. */
export type Handler<Name extends HostActionName> = (
  context: RoomContext,
  action: ActionOf<Name>,
  by: string,
) => Answer;

export type Handlers = { readonly [Name in HostActionName]: Handler<Name> };
