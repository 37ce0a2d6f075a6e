/** Headers of every answer, the form of every failure, and which files are served. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { MAPS } from "#server/arenas.ts";
import { log } from "#server/log.ts";
import { type Answer, ask, askRaw, Guest, statusOf } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"] });
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => server.close());

/** The page's Content-Security-Policy: what each directive allows. */
const policyOf = ({ headers }: Answer) =>
  new Map(
    String(headers["content-security-policy"])
      .split(";")
      .map((line) => line.trim().split(/ +/))
      .map(([directive = "", ...sources]) => [directive, sources] as const),
  );

const urlsIn = (page: string) => [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = ""]) => url);

describe("the page", () => {
  test("[EDGE-PAGE-1] its policy allows scripts and connections of this server only, and no framing", async () => {
    const policy = policyOf(await ask(server, "/"));
    expect(policy.get("default-src")).toEqual(["'self'"]);
    expect(policy.get("script-src")).toEqual(["'self'"]);
    expect(policy.get("script-src-attr")).toEqual(["'none'"]);
    expect(policy.get("connect-src")).toEqual(["'self'"]);
    expect(policy.get("media-src")).toEqual(["'self'", "blob:"]);
    expect(policy.get("style-src")).toEqual(["'self'"]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'self'"]);
    expect(policy.get("form-action")).toEqual(["'self'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect([...policy.values()].flat().join(" ")).not.toMatch(/unsafe|\*|https?:/);
  });

  test("[EDGE-PAGE-2] the page obeys its policy: no inline script or style, no URL of another server", async () => {
    const { body } = await ask(server, "/");
    expect(body).toContain('<script type="module"');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|javascript:/i);
    expect(urlsIn(body).length).toBeGreaterThan(2);
    // A preview's own address is absolute.
    for (const url of urlsIn(body)) expect(url.replace(server.url, "")).toMatch(/^\/(?!\/)/);
  });

  test("[EDGE-PAGE-3] serves its files with their types, and caches only hashed ones for ever", async () => {
    const page = await ask(server, "/");
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
    });
    const script = urlsIn(page.body).find((url) => url.endsWith(".js")) ?? "";
    expect((await ask(server, script)).headers).toMatchObject({
      "content-type": expect.stringMatching(/^text\/javascript/),
      "cache-control": expect.stringContaining("immutable"),
      "x-content-type-options": "nosniff",
    });
  });
});

describe("a room's link", () => {
  test.each(["/r/BCDFG", "/r/bcdfg", "/r/bc-dfg"])(
    "[EDGE-PAGE-11] %s is the page, whether there is such a room or not, and no search engine keeps it",
    async (path) => {
      const [page, link] = [await ask(server, "/index.html"), await ask(server, path)];
      expect(link.status).toBe(200);
      expect(link.body).toBe(page.body);
      expect(link.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-cache",
        "content-security-policy": page.headers["content-security-policy"],
        "x-robots-tag": "noindex",
        "referrer-policy": "no-referrer",
      });
    },
  );

  test.each(["/r/AEIOU", "/r/BCDF", "/r/constructor", "/r/%3Cscript%3E"])(
    "[EDGE-PAGE-12] %s can be no room: the page says so, and so does the status",
    async (path) => {
      const link = await ask(server, path);
      expect(link.status).toBe(404);
      expect(link.body).toBe((await ask(server, "/index.html")).body);
    },
  );

  test.each(["/r", "/r/", "/r/BCDFG/x", "/r/..%2f..%2fpackage.json"])(
    "[EDGE-PAGE-13] %s is nothing, or no more than the page",
    async (path) => {
      const { status, body } = await ask(server, path);
      expect(status).toBe(404);
      expect(body).not.toContain("devDependencies");
    },
  );
});

describe("every answer", () => {
  const PATHS = ["/", "/healthz", "/readyz", "/api/maps/foundry.tmj", "/metrics", "/admin", "/nowhere", "/%"];
  test.each(PATHS)(
    "[EDGE-PAGE-4] %s forbids sniffing and framing, and does not name the server software",
    async (path) => {
      const { headers } = await ask(server, path);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
      expect(headers).not.toHaveProperty("server");
    },
  );

  test.each([
    ["GET", "/nowhere"],
    ["GET", "/healthz/more"],
    ["GET", "/api"],
    ["GET", "/api/identity"],
    ["GET", "/matchmake/joinOrCreate/arena"],
    ["GET", "/matchmake/"],
    ["GET", "/admin"],
    ["GET", "/admin/api"],
    ["GET", "/admin/playground"],
    ["GET", "/colyseus"],
    ["GET", "/__healthcheck"],
    ["GET", "/monitor"],
    ["GET", "/playground"],
    ["GET", "/auth/settings"],
    ["POST", "/"],
    ["POST", "/healthz"],
    ["POST", "/auth/anonymous"],
  ])("[EDGE-PAGE-5] %s %s is answered with 404 as JSON", async (method, path) => {
    const answer = await ask(server, path, { method });
    expect(answer).toMatchObject({
      status: 404,
      headers: { "content-type": expect.stringMatching(/^application\/json/) },
      body: '{"code":404,"error":"There is nothing here."}',
    });
  });

  test("[EDGE-PAGE-6] an unexpected error is logged, and answered with 500 without its message and stack", async () => {
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    vi.spyOn(MAPS, "get").mockImplementation(() => {
      throw new Error("the secret of /etc/shadow");
    });
    const answer = await ask(server, "/api/maps/foundry.tmj");
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({ code: 500, error: "The server failed. It was noted." });
    expect(JSON.stringify(answer)).not.toMatch(/secret|shadow|\.ts|node_modules/);
    expect(logged).toHaveBeenCalledWith({ err: expect.any(Error) }, "a request failed");
    vi.restoreAllMocks();
    expect((await ask(server, "/api/maps/foundry.tmj")).status).toBe(200);
  });
});

describe("paths out of the folder", () => {
  test.each([
    ["/../package.json", 400],
    ["/assets/../../../package.json", 400],
    ["/assets/..\\..\\..\\package.json", 400],
    ["/%2e%2e/%2e%2e/package.json", 400],
    ["/assets/.%2e/.%2e/package.json", 400],
    ["/..%2f..%2fpackage.json", 404],
    ["/assets/..%2f..%2f..%2fpackage.json", 404],
    ["/assets/..%5c..%5c..%5cpackage.json", 404],
    ["/%252e%252e/%252e%252e/package.json", 404],
    ["/....//....//package.json", 404],
    ["/%2fetc%2fpasswd", 404],
    ["/.git/config", 404],
    ["/.env", 404],
    ["/package.json", 404],
    ["/server/main.ts", 404],
    ["/api/maps/..%2f..%2f..%2fpackage.json", 404],
    ["/api/maps/__proto__.tmj", 404],
    ["/api/maps/constructor.tmj", 404],
  ])("[EDGE-PAGE-7] %s is answered with %i and no file", async (path, status) => {
    const answer = await askRaw(
      server,
      `GET ${path} HTTP/1.1\r\nHost: fracas.example\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toMatch(/"name": "fracas"|root:|\/work|node_modules/);
  });

  test.each(["/%00", "/assets/%00.js", "/api/maps/foundry%00.tmj"])(
    "[EDGE-PAGE-8] %s, a name with a NUL, is answered with 4xx",
    async (path) => {
      const { status } = await ask(server, path);
      expect([400, 404]).toContain(status);
    },
  );
});

test("[EDGE-PAGE-9] answers HEAD and a matching conditional GET without a body", async () => {
  const head = await ask(server, "/", { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, body: "" });
  const { etag } = head.headers;
  expect(await ask(server, "/", { headers: { "if-none-match": etag } })).toMatchObject({
    status: 304,
    body: "",
  });
});

test("[EDGE-PAGE-10] refusals do not echo the visitor's input", async () => {
  const marked = "<script>alert(1)</script>";
  const answers = [
    await ask(server, `/${encodeURIComponent(marked)}`),
    await new Guest(server).post("/matchmake/joinOrCreate/arena", { name: { [marked]: 1 } }),
    await new Guest(server, { token: marked }).post("/matchmake/joinOrCreate/arena", {}),
  ];
  for (const { status, body, headers } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain("<script>");
    expect(headers["content-type"]).toMatch(/^application\/json/);
  }
});
