import { execFile } from "node:child_process";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { startServer } from "./testing/serverProcess.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

let taken: Server;
let takenPort = 0;
beforeAll(async () => {
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", () => resolve()));
  const address = taken.address();
  takenPort = typeof address === "object" && address ? address.port : 0;
});
afterAll(() => taken.close());

/** Starts a server that is expected to exit by itself. */
const start = (environment: Record<string, string>) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      LOG_LEVEL: "silent",
      JWT_SECRET: "j".repeat(32),
      DATA_DIR: temporaryFolder("data"),
      ...environment,
    };
    execFile(process.execPath, [MAIN], { env, timeout: 20_000 }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout }),
    );
  });

test.each([
  ["a port that is no number", () => ({ PORT: "abc" }), 'PORT is \\"abc\\", but allowed is'],
  [
    "a taken port",
    () => ({ PORT: String(takenPort) }),
    "is in use by another program; set PORT to a free one.",
  ],
  ["an unknown host", () => ({ PORT: "0", HOST: "nonsense.invalid" }), "is no address of this machine"],
  ["another machine's address", () => ({ PORT: "0", HOST: "192.0.2.1" }), "is no address of this machine"],
])(
  "[START-1] %s ends the start with exit code 1 and one line with the reason, at any log level",
  async (_what, environment, line) => {
    const { code, output } = await start(environment());
    expect(code).toBe(1);
    expect(output).toContain(line);
  },
);

test("[START-2] the address that a server on IPv6 logs can be opened", async () => {
  const server = await startServer({ HOST: "::1", DRAIN_SECONDS: "0" });
  const address = /open: (http:[^"]+)"/.exec(server.output())?.[1];
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  server.signal("SIGTERM");
  await server.ended;
});

test("[START-3] a Node that cannot run TypeScript prints one line that says what to do, and exits with 1", async () => {
  const run = fileURLToPath(new URL("../run.js", import.meta.url));
  const args = ["--no-strip-types", run, "server/main.ts"];
  const { code, errors } = await new Promise<{ code: unknown; errors: string }>((resolve) =>
    execFile(process.execPath, args, (error, _stdout, stderr) =>
      resolve({ code: error?.code, errors: stderr }),
    ),
  );
  expect(code).toBe(1);
  expect(errors).toMatch(/^Node v\S+ cannot run TypeScript: .*npm install.*\n$/);
});
