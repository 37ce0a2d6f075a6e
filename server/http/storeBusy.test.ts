/** Tests the server's answers while another program locks its database. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { bootServer } from "#server/testing/bootServer.ts";
import { Device } from "#server/testing/device.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

test("[AWAY-3] questions behind a locked database are 503, not cut connections, and name nobody later", async () => {
  const dataDir = temporaryFolder("busy");
  const server = await bootServer({ dataDir });
  const devices = await Promise.all([1, 2, 3].map(() => Device.fresh(server)));
  const other = new DatabaseSync(join(dataDir, "fracas.db"));
  other.exec("BEGIN EXCLUSIVE");
  const names = ["Ada", "Bea", "Cyd"];
  const asked = devices.map((device, at) => device.post(ROUTE.accountName, { name: names[at] }));
  for (const { status } of await Promise.all(asked)) expect(status).toBe(503);
  other.exec("ROLLBACK");
  other.close();
  for (const device of devices) expect(await device.me()).toMatchObject({ name: null });
  await server.close();
}, 60_000);
