/** Who may come in, and as what: join options → an admission, or a refusal that says why. */
import { type AuthContext, ServerError } from "@colyseus/core";
import type { Visitor } from "#server/edge/visitor.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";

export interface Admission {
  /** Clean: fit to be shown to others. */
  name: string;
  /** Who it is, as far as the edge knows; bots and development have none. */
  identity: string | undefined;
}

/** The edge has put the visitor into the context. Throws ServerError with a code of REFUSAL. */
export function admit(options: unknown, context: AuthContext): Admission {
  const parsed = JoinOptions.safeParse(options ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") || "options";
    throw new ServerError(REFUSAL.badJoinOptions, `join option "${field}": ${issue?.message ?? "is wrong"}`);
  }
  const { name, protocol } = parsed.data;
  if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
    throw new ServerError(
      REFUSAL.stalePage,
      `this page speaks protocol ${protocol}, the server ${PROTOCOL_VERSION}: reload the page`,
    );
  }
  return { name, identity: (context.req as Visitor | undefined)?.identity };
}
