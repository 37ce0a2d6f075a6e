import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { startServer } from "#server/testing/serverProcess.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { SecretFileError, secretIn } from "./secretFile.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder("secret");
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("[SECRET-1] the first start draws a secret, and later starts read it", () => {
  const secret = secretIn(folder);
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(secretIn(folder)).toBe(secret);
});

test("[SECRET-2] two servers draw different secrets, which only their owner may read", () => {
  const [one, other] = [join(folder, "one/data"), join(folder, "other/data")];
  expect(secretIn(one)).not.toBe(secretIn(other));
  expect(modeOf(join(one, "jwt-secret"))).toBe(0o600);
  expect(modeOf(one)).toBe(0o700);
});

test.each([
  ["nothing", ""],
  ["too short a secret", "secret\n"],
])("[SECRET-3] a file that holds %s throws an error that names the file", (_what, text) => {
  writeFileSync(join(folder, "jwt-secret"), text);
  expect(() => secretIn(folder)).toThrow(SecretFileError);
  expect(() => secretIn(folder)).toThrow(join(folder, "jwt-secret"));
});

test("[SECRET-4] uses a secret that an operator wrote into the file", () => {
  writeFileSync(join(folder, "jwt-secret"), `${"o".repeat(40)}\n`);
  expect(secretIn(folder)).toBe("o".repeat(40));
});

/** Runs a server process while `use` runs. */
async function withServer<Result>(
  environment: Record<string, string>,
  use: (server: { url: string; output(): string }) => Promise<Result>,
): Promise<Result> {
  const server = await startServer({ DRAIN_SECONDS: "0", ...environment });
  try {
    return await use(server);
  } finally {
    server.signal("SIGTERM");
    await server.ended;
  }
}

const identify = async ({ url }: { url: string }): Promise<string> =>
  (await (await fetch(`${url}/api/identity`, { method: "POST" })).json()).token;
const statusOf = async ({ url }: { url: string }, token: string) =>
  (await fetch(`${url}/api/rooms/BCDFG`, { headers: { authorization: `Bearer ${token}` } })).status;

test("[SECRET-5] identities survive a restart, and are invalid on a server with another folder", async () => {
  const environment = { JWT_SECRET: "", DATA_DIR: folder };
  const token = await withServer(environment, identify);
  expect(await withServer(environment, (server) => statusOf(server, token))).toBe(200);
  const other = { ...environment, DATA_DIR: join(folder, "other") };
  expect(await withServer(other, (server) => statusOf(server, token))).toBe(401);
});

test("[SECRET-6] JWT_SECRET overrides the file, which is not created", async () => {
  const token = await withServer({ JWT_SECRET: "j".repeat(32), DATA_DIR: folder }, identify);
  expect(token).toMatch(/^ey/);
  expect(() => statSync(join(folder, "jwt-secret"))).toThrow("ENOENT");
});

test("[SECRET-7] runs without a usable DATA_DIR, and logs the consequence", async () => {
  const file = join(folder, "a file");
  writeFileSync(file, "not a folder");
  const output = await withServer({ JWT_SECRET: "", DATA_DIR: file }, async (server) => {
    expect(await identify(server)).toMatch(/^ey/);
    return server.output();
  });
  expect(output).toContain("players lose their identity on restart");
  expect(output).toContain("DATA_DIR");
});

test("[SECRET-8] never logs the secret", async () => {
  const output = await withServer(
    { JWT_SECRET: "", DATA_DIR: folder, LOG_LEVEL: "trace" },
    async (server) => {
      await identify(server);
      return server.output();
    },
  );
  expect(output).not.toContain(readFileSync(join(folder, "jwt-secret"), "utf8").trim());
});
