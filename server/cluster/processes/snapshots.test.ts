/** Snapshots while something fails. */
import { expect, test } from "vitest";
import { captureLog } from "#server/testing/captureLog.ts";
import { Snapshots } from "./snapshots.ts";

test("[CLUSTER-59] a visit that fails is logged once, ends no process, and others follow", async () => {
  const log = captureLog();
  let visits = 0;
  const snapshots = new Snapshots({
    put() {},
    get isBehind(): boolean {
      visits++;
      throw new Error("a fault of a test");
    },
    hostedOnly: false,
  });
  await expect.poll(() => visits).toBeGreaterThan(2);
  snapshots.close();
  expect(log.filter(({ msg }) => msg === "a snapshot failed")).toHaveLength(1);
});
