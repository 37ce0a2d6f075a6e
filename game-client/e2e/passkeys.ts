/** Chromium's virtual authenticator: passkeys without a person (WebAuthn over the DevTools protocol). */
import type { CDPSession, Page } from "playwright-core";

/** A passkey as the DevTools protocol hands it out, private key included. */
type Passkey = Awaited<ReturnType<typeof passkeysOf>>[number];

const passkeysOf = async (session: CDPSession, authenticatorId: string) =>
  (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;

export interface Authenticator {
  passkeys(): Promise<Passkey[]>;
  /** Holds these from now on, as if they had been synchronised or copied. */
  hold(passkeys: readonly Passkey[]): Promise<void>;
  /** From now on the player turns every prompt down, or accepts it. */
  refuse(isRefusing: boolean): Promise<void>;
}

/** The page's device has an authenticator from now on, whose owner accepts every prompt. */
export async function giveAuthenticator(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    passkeys: () => passkeysOf(session, authenticatorId),
    async hold(passkeys) {
      await session.send("WebAuthn.clearCredentials", { authenticatorId });
      for (const credential of passkeys)
        await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    },
    async refuse(isRefusing) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: !isRefusing });
    },
  };
}
