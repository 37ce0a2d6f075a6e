/** Passkeys in the browser (WebAuthn), in a chunk of its own: few visitors need it. */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { CallFailed, type Failure } from "#client/progressCalls.ts";
import type { SignInOptions } from "#shared/protocol/account.ts";

/** Lets the player make a passkey; resolves to its answer for the server. Rejects with a CallFailed. */
export const makePasskey = (optionsJSON: PublicKeyCredentialCreationOptionsJSON) =>
  startRegistration({ optionsJSON }).catch(asCallFailed);

/** Lets the player choose a passkey; resolves to the body for the server. Rejects with a CallFailed. */
export async function usePasskey({ flow, options }: SignInOptions) {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON }).catch(asCallFailed);
  return { flow, response };
}

function asCallFailed(error: unknown): never {
  throw new CallFailed(failureOf(error));
}

/** Maps the names of WebAuthn's DOMExceptions, which the library keeps in `cause` and in its own errors. */
function failureOf(error: unknown): Failure {
  const { name, cause } = error as { name?: string; cause?: { name?: string } };
  switch (cause?.name ?? name) {
    case "NotAllowedError":
    case "AbortError":
      return "noPasskey";
    case "InvalidStateError":
      return "hasPasskey";
    default:
      return "noPasskeys";
  }
}
