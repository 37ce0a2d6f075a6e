/** Passkeys (WebAuthn): keeps challenges, and asks the store about the answers of browsers. */
import { log } from "#server/log.ts";
import { isLogDue } from "#server/logOnce.ts";
import type { Account } from "#server/store/players/accounts.ts";
import type { DeviceChange } from "#server/store/players/sessions.ts";
import type { Store } from "#server/store/store.ts";
import { OneTime } from "./oneTime.ts";
import type { Site } from "./site.ts";
import type { Challenge } from "./webAuthn.ts";

const CHALLENGE_LIFE_MS = 300_000;
const webAuthn = () => import("./webAuthn.ts");

/** "overdue": the challenge is older than five minutes, was answered before, or is another identity's. */
type Verdict<Word extends string> = Word | "overdue" | "wrong";

export interface Passkeys {
  /** PublicKeyCredentialCreationOptionsJSON, for the identity that asks. `household`: see OneTime. */
  creationOptions(
    site: Site,
    asker: { identity: string; household: string },
    account: Account,
  ): Promise<unknown>;
  register(identity: string, response: unknown): Promise<Verdict<"added" | "noAccount" | "full" | "known">>;
  /** PublicKeyCredentialRequestOptionsJSON without names: the browser shows the passkeys that it has for the site. */
  requestOptions(site: Site, household: string): Promise<{ flow: string; options: unknown }>;
  signIn(
    flow: string,
    response: unknown,
    device: DeviceChange,
  ): Promise<Verdict<"signedIn" | "unknown" | "cloned">>;
}

export function createPasskeys(store: Store): Passkeys {
  /** By identity. */
  const creations = new OneTime<Challenge>(CHALLENGE_LIFE_MS);
  /** By flow. */
  const requests = new OneTime<Challenge>(CHALLENGE_LIFE_MS);
  return {
    async creationOptions(site, { identity, household }, account) {
      const { optionsToCreate } = await webAuthn();
      const options = await optionsToCreate(site, account, CHALLENGE_LIFE_MS);
      creations.put({ challenge: options.challenge, site }, household, identity);
      return options;
    },
    async register(identity, response) {
      const challenge = creations.take(identity);
      if (!challenge) return "overdue";
      const passkey = await (await webAuthn()).verifyCreated(challenge, response);
      if (!passkey) return "wrong";
      return store.ask("addPasskey", { ...passkey, identity, atMs: Date.now() });
    },
    async requestOptions(site, household) {
      const options = await (await webAuthn()).optionsToUse(site, CHALLENGE_LIFE_MS);
      return { flow: requests.put({ challenge: options.challenge, site }, household), options };
    },
    async signIn(flow, response, device) {
      const challenge = requests.take(flow);
      if (!challenge) return "overdue";
      const { id } = response as { id: string };
      const passkey = await store.ask("passkeyById", { id });
      if (!passkey) return "unknown";
      const counter = await (await webAuthn()).verifyUsed(challenge, response, passkey);
      if (counter === undefined) return "wrong";
      const outcome = await store.ask("signInByPasskey", { ...device, id: passkey.id, counter });
      // Whoever has the copy may try it as often as they like.
      if (outcome === "cloned" && isLogDue("cloned passkey", passkey.id))
        log.warn(
          { counter, expected: passkey.counter + 1 },
          "a passkey was refused: its counter did not grow, so that two devices use the same key",
        );
      return outcome;
    },
  };
}
