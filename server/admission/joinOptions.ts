/** Who may come in, and as what: join options → an admission, or a refusal that says why. */
import { type AuthContext, ServerError } from "@colyseus/core";
import type { Visitor } from "#server/edge/visitor.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { Bannable } from "./bans.ts";

/** With who it is, and from where, as far as the edge knows; bots and development have no identity. */
export interface Admission extends Bannable, Pick<JoinOptions, "password" | "spectate"> {
  /** Clean: fit to be shown to others. */
  name: string;
}

/** Only a player who returns after a hot reload comes with less. */
export const UNKNOWN: Admission = {
  name: DEFAULT_NAME,
  password: "",
  spectate: false,
  identity: undefined,
  network: "",
};

/** The edge has put the visitor into the context. Throws ServerError with a code of REFUSAL. */
export function admit(options: unknown, context: AuthContext): Admission {
  const { name, protocol, password, spectate } = parseJoinOptions(options);
  if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
    throw new ServerError(
      REFUSAL.stalePage,
      `this page speaks protocol ${protocol}, the server ${PROTOCOL_VERSION}: reload the page`,
    );
  }
  const { identity, network = "" } = (context.req ?? {}) as Partial<Visitor>;
  return { name, password, spectate, identity, network };
}

/** Throws ServerError with REFUSAL.badJoinOptions, or badSettings, and which of them is wrong. */
export function parseJoinOptions(options: unknown): JoinOptions {
  const parsed = JoinOptions.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || "options";
  const code = issue?.path[0] === "settings" ? REFUSAL.badSettings : REFUSAL.badJoinOptions;
  throw new ServerError(code, `join option "${field}": ${issue?.message ?? "is wrong"}`);
}
