/** The encodings in which the page's files are sent. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";

const BUILT = fileURLToPath(new URL("../../dist/client", import.meta.url));
const INDEX = readFileSync(`${BUILT}/index.html`, "utf8");
const SCRIPT = /src="(\/assets\/[^"]+\.js)"/.exec(INDEX)?.[1] ?? "";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer();
});
afterAll(() => server.close());

/** The raw body; fetch would decompress it. */
const get = (path: string, encodings: string) =>
  new Promise<{ encoding: string | undefined; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(`${server.url}${path}`, { headers: { "accept-encoding": encodings } });
      sent.on("error", reject);
      sent.on("response", async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ encoding: response.headers["content-encoding"], headers: response.headers, body });
      });
      sent.end();
    },
  );

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync } as const;

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["br;q=0, gzip", "gzip"],
] as const)(
  "[PAGE-1] a browser that accepts %s gets the page and its scripts as %s",
  async (accepted, encoding) => {
    for (const [path, type] of [
      ["/index.html", "text/html"],
      [SCRIPT, "text/javascript"],
    ] as const) {
      const { headers, body, ...answer } = await get(path, accepted);
      const plain = readFileSync(`${BUILT}${path}`);
      expect(answer.encoding).toBe(encoding);
      expect(headers["content-type"]).toMatch(type);
      expect(headers.vary).toMatch(/Accept-Encoding/);
      expect(headers["cache-control"]).toMatch(path === "/index.html" ? "no-cache" : "immutable");
      expect(UNPACK[encoding](body)).toEqual(plain);
      expect(body.length).toBeLessThan(plain.length * 0.65);
    }
  },
);

test("[PAGE-2] a client that accepts no encoding gets plain files, and a missing file is 404 in any encoding", async () => {
  const { encoding, headers, body } = await get(SCRIPT, "identity");
  expect(encoding).toBeUndefined();
  expect(headers.vary).toMatch(/Accept-Encoding/);
  expect(body).toEqual(readFileSync(`${BUILT}${SCRIPT}`));
  const missing = await get("/assets/nothing.js", "br");
  expect(missing.encoding).toBeUndefined();
  expect(missing.body.toString()).toContain("404");
});

test("[PAGE-3] the page, a room's link and each encoding have an ETag of their content, and no date", async () => {
  const tags = new Set<unknown>();
  for (const [encoding, ending] of [
    ["identity", ""],
    ["br", ".br"],
    ["gzip", ".gz"],
  ] as const) {
    const bytes = readFileSync(`${BUILT}/index.html${ending}`);
    const digest = createHash("sha256").update(bytes).digest("base64url");
    for (const path of ["/index.html", "/r/BCDFG"]) {
      const { headers } = await get(path, encoding);
      expect(headers).toMatchObject({ etag: `"${digest}"`, "cache-control": "no-cache" });
      expect(headers).not.toHaveProperty("last-modified");
    }
    tags.add(digest);
  }
  expect(tags.size).toBe(3);
});
