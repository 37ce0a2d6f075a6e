/** A match that a real server has recorded: nobody reads it while it lasts, everybody once it is over. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAPS } from "#server/arenas.ts";
import { ask } from "#server/testing/asking.ts";
import { bootServer } from "#server/testing/bootServer.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

test("[SHELF-16] a match is readable once it is over, with its arena, and not a moment before", async () => {
  const dataDir = temporaryFolder("recorded");
  const server = await bootServer({ dataDir, matchSeconds: 8 });
  const files = () => readdirSync(join(dataDir, "replays"), { recursive: true }).map(String);
  const endingIn = (ending: string) => files().find((name) => name.endsWith(ending));
  try {
    const room = await server.join({ name: "Ann" });
    await expect.poll(() => endingIn(".part")).toBeDefined();
    const id = endingIn(".part")?.slice(0, 36) ?? "";
    const statuses = () =>
      Promise.all(
        [ROUTE.replay, ROUTE.replayFile, ROUTE.replayMap].map(
          async (route) => (await ask(server, pathTo(route, { id }))).status,
        ),
      );
    expect(await statuses()).toEqual([202, 404, 404]);
    expect(endingIn(".part")).toBe(`${id}.part`);
    await expect.poll(() => endingIn(".replay"), { timeout: 40_000 }).toBe(`${id}.replay`);
    expect(await statuses()).toEqual([200, 200, 200]);
    const info = JSON.parse((await ask(server, pathTo(ROUTE.replay, { id }))).body) as ReplayInfo;
    expect(info.people.map(({ name }) => name)).toContain("Ann");
    expect(files()).toContain(join("maps", `${MAPS.get("foundry")?.sha256}.tmj`));
    const { body } = await ask(server, "/metrics");
    expect(body).toMatch(/^fracas_replays \d+$/m);
    expect(body).toMatch(/^fracas_replays_bytes \d+$/m);
    expect(body).toMatch(/^fracas_replays_failed_total 0$/m);
    await room.leave();
  } finally {
    await server.close();
  }
});
