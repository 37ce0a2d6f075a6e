import { expect, test, vi } from "vitest";
import { aResult } from "#server/testing/matches.ts";
import type { Channel } from "./channel.ts";
import { RemoteProgress } from "./remoteProgress.ts";

test("[CLUSTER-40] results that the front may not have written are written when it dies, and older ones are not", async () => {
  const progress = new RemoteProgress({ tell() {} } as unknown as Channel);
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  progress.keep(aResult({ id: "0199d5a0-0000-7000-8000-000000000001" }), () => {});
  now.mockReturnValue(9_000);
  progress.keep(aResult({ id: "0199d5a0-0000-7000-8000-000000000002" }), () => {});
  now.mockReturnValue(11_000);
  const written: string[] = [];
  await progress.writeRecent({ write: async ({ id }) => void written.push(id) });
  expect(written).toEqual(["0199d5a0-0000-7000-8000-000000000002"]);
});
