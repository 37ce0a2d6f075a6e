/** Accounts on the wire: bodies of the routes that make one, sign in to it and manage it. Names of routes are in http.ts. */
import { z } from "zod";
import { LOOK_MAX } from "#shared/career/looks.ts";
import type { Me } from "./progress.ts";

/** The answer to each call that gives the visitor another identity: its token replaces the page's. */
export interface SignedIn {
  token: string;
  me: Me;
}

/**
 * POST: gives the guest an account, or the account a new name. Answers a Me; 409 if the name is taken, 422 if it is no name,
 * 429 (with the seconds to wait) if the last change is too recent.
 */
export const NameRequest = z.strictObject({ name: z.string().max(64) });

/** Of a credential, as the store is asked about it: PostgreSQL takes no text with U+0000 in it, and no half characters. */
const CredentialId = z
  .string()
  .max(1024)
  .regex(/^\P{C}+$/u);

/** A passkey's answer, as @simplewebauthn/browser gives it: its id is base64url; the server's library checks the inside. */
const Credential = z.looseObject({ id: CredentialId.regex(/^[\w-]+$/), response: z.looseObject({}) });

/**
 * POST: adds the passkey that was made with the options. Answers a Me. 422 if its answer is wrong, 410 if the options are
 * older than five minutes or used, 409 without an account, for a known passkey, and for the 21st.
 */
export const PasskeyRequest = z.strictObject({ response: Credential });
/** POST: removes a passkey, or unlinks a subject of the OpenID provider, by its id in AccountState. 404 if it is not the account's. */
export const RemoveCredentialRequest = z.strictObject({ id: CredentialId });

/** POST without a body, which changes nothing. `flow` names the challenge until it is used or five minutes have passed. */
export interface SignInOptions {
  flow: string;
  /** PublicKeyCredentialRequestOptionsJSON. */
  options: unknown;
}
/**
 * POST: answers SignedIn. 422 if the passkey is unknown or its answer wrong (401 would mean the visitor's own token), 409 if
 * its counter did not grow, 410 if the flow is over.
 */
export const SignInRequest = z.strictObject({ flow: z.string().max(64), response: Credential });

/** POST: a code that takes the account to another device, once. */
export interface TransferCode {
  /** Eight characters, shown as two groups of four. */
  code: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}
/** POST: answers SignedIn; 410 if the code is wrong, used or too old, 429 after five wrong ones. */
export const TransferRequest = z.strictObject({ code: z.string().max(32) });

/**
 * POST: where to send the browser. The provider sends it back to `/?signin=TICKET`. `link`: the player wants to add the
 * provider's subject to the device's account, instead of signing in to the account that has it.
 */
export const OpenIdRequest = z.strictObject({ link: z.boolean() });
export interface OpenIdStart {
  url: string;
}
/**
 * POST: answers SignedIn, once, to the identity that started; 410 for any other ticket, "cancelled" and "failed" included. If
 * no player had the provider's subject, it is now a way into the identity's own, a guest's (whose name is null) or with `link`
 * an account's; 422 for an account without `link`. With `link`, 409 if the subject opens another account, or is the sixth.
 */
export const TicketRequest = z.strictObject({ ticket: z.string().max(64) });

/** POST: wears this look (career/looks.ts `packLook`). Answers a Me; 422 if a part of it is not unlocked. */
export const LookRequest = z.strictObject({ look: z.int().min(0).max(LOOK_MAX) });

/** POST: this device becomes a guest's; `everywhere`: all devices of the account do. Answers SignedIn with a new identity. */
export const SignOutRequest = z.strictObject({ everywhere: z.boolean() });

/** POST: deletes the account. `name` must be its name, against accidents: 422. Answers SignedIn with a new identity. */
export const DeleteRequest = z.strictObject({ name: z.string().max(64) });
