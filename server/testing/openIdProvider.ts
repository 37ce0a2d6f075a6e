/** A real OpenID provider on loopback, and a browser that signs in to it by its forms. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
}

/** `redirectUri`: where it sends browsers back to. */
export async function startProvider(redirectUri: string, port = 0): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ["fracas", randomBytes(24).toString("base64url")];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: [randomBytes(24).toString("base64url")] },
  });
  server.on("request", provider.callback());
  return {
    ...{ issuer, clientId, clientSecret },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Keeps cookies, and follows redirects until they leave the provider. */
class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #issuer: string;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /** The page that answers, or the URL beyond the provider. */
  async open(url: string, form?: Record<string, string>): Promise<{ url: string; page: string }> {
    if (!url.startsWith(this.#issuer)) return { url, page: "" };
    const response = await fetch(url, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const next = response.headers.get("location");
    const page = await response.text();
    return next ? this.open(new URL(next, url).href) : { url, page };
  }
}

/**
 * Signs in under a name, consents, and resolves to the URL that the provider sends the browser to. `cancels`: the person goes
 * back instead.
 */
export async function signInAtProvider(url: string, login: string, cancels = false): Promise<string> {
  const browser = new Browser(new URL(url).origin);
  const form = await browser.open(url);
  if (cancels) return (await browser.open(`${form.url}/abort`)).url;
  const consent = await browser.open(form.url, { prompt: "login", login, password: "any" });
  return (await browser.open(consent.url, { prompt: "consent" })).url;
}
