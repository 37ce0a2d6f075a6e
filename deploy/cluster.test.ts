import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#server/testing/freePort.ts";
import { getOver, startClusterProxy, type TlsProxy } from "./testing/tlsProxy.ts";
import { startUpstream, type Upstream } from "./testing/upstream.ts";

interface Seen {
  name: string;
  path: string;
}

describe("deploy/caddy/cluster.Caddyfile", () => {
  const machines = new Map<string, Upstream>();
  let proxy: TlsProxy;
  beforeAll(async () => {
    for (const name of ["m1", "m2"]) machines.set(name, await startUpstream(name));
    const [m1 = 0, m2 = 0] = [...machines.values()].map(({ port }) => port);
    proxy = await startClusterProxy(await freePort(), m1, m2);
  });
  afterAll(async () => {
    await proxy?.close();
    for (const machine of machines.values()) machine.close();
  });
  const ask = async (path: string) => JSON.parse(await getOver(`${proxy.url}${path}`)) as Seen;

  test("[DEPLOY-54] leads each seat to its machine, and all else of a visitor to one machine that is ready", async () => {
    // As the SDK asks: PUBLIC_ADDRESS, then process and room.
    for (const name of machines.keys()) {
      const { name: reached, path } = await ask(`/${name}/abc/BCDFG?sessionId=x`);
      expect({ reached, path }).toEqual({ reached: name, path: "/abc/BCDFG?sessionId=x" });
    }
    const { name: first } = await ask("/");
    for (let asked = 0; asked < 5; asked++) expect((await ask("/api/me")).name).toBe(first);
    const machine = machines.get(first);
    if (machine) machine.isReady = false;
    await expect.poll(async () => (await ask("/api/me")).name).not.toBe(first);
    // Players who have a seat there play on.
    expect((await ask(`/${first}/abc/BCDFG`)).name).toBe(first);
  });
});
