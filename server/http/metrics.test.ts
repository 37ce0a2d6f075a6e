/** The metrics of a booted server with one player. */
import { Histogram, Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Durations } from "#server/services/durations.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";

describe("metrics", () => {
  let server: TestServer;
  let ann: ArenaClient;
  beforeAll(async () => {
    server = await bootServer();
    ann = await server.join({ name: "Ann" });
  });
  afterAll(() => server.close());

  const read = async (name: string) => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    // With room processes some metrics have a line of each process.
    const lines = [...text.matchAll(new RegExp(`^${name}(?:{process="[^"]+"})? (\\S+)$`, "gm"))];
    if (lines.length === 0) throw new Error(`no ${name} in\n${text}`);
    return lines.reduce((sum, [, value]) => sum + Number(value), 0);
  };

  test("[METRICS-1] counts a room's ticks, due and run, and times its ticks and patches", async () => {
    const [due, held] = [await read("fracas_ticks_due_total"), await read("fracas_ticks_held_total")];
    const timed = await read("fracas_tick_duration_seconds_count");
    const { tick } = ann.state;
    await until("60 ticks have passed", () => ann.state.tick >= tick + 60);
    // A few less than 60, because the ticks that Ann sees are older.
    const seen = 55;
    expect((await read("fracas_ticks_held_total")) - held).toBeGreaterThanOrEqual(seen);
    expect((await read("fracas_ticks_due_total")) - due).toBeGreaterThanOrEqual(seen);
    expect((await read("fracas_tick_duration_seconds_count")) - timed).toBeGreaterThanOrEqual(seen);
    expect(await read("fracas_patch_duration_seconds_count")).toBeGreaterThan(20);
    expect(await read("fracas_patch_duration_seconds_sum")).toBeGreaterThan(0);
  });

  test("[METRICS-2] reports rooms, clients, queued bytes and event loop delay", async () => {
    expect(await read("fracas_rooms")).toBe(1);
    expect(await read("fracas_clients")).toBe(1);
    expect(await read("fracas_queued_bytes")).toBeGreaterThanOrEqual(0);
    expect(await read("fracas_event_loop_delay_seconds_count")).toBeGreaterThan(10);
  });

  test("[METRICS-3] Durations prints exactly what prom-client's histogram prints", async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const durations = new Durations("t", "Some time.", ours);
    const buckets = (await durations.get()).values.flatMap(({ labels }) =>
      "le" in labels && typeof labels.le === "number" ? [labels.le] : [],
    );
    const histogram = new Histogram({ name: "t", help: "Some time.", buckets, registers: [theirs] });
    for (const ms of [0, 0.05, 0.07, 1, 1.5, 12, 33.4, 999, 60_000]) {
      durations.observeMs(ms);
      histogram.observe(ms / 1000);
    }
    expect(await ours.metrics()).toBe(await theirs.metrics());
  });
});
