/** Two machines with one Redis: a draft is open on one of them at a time. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { RedisDraftLeases } from "./redisDraftLeases.ts";

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
});

test("[EDITOR-26] a draft that is open on one machine is not opened on another one, which names it, until it is left", async () => {
  const addressOf = (id: string) => (id === "a" ? "a.example" : undefined);
  const [a, b] = [new RedisDraftLeases(redis, "a", addressOf), new RedisDraftLeases(redis, "b", addressOf)];
  expect(await a.take("abcdef012345")).toBeUndefined();
  expect(await a.take("abcdef012345")).toBeUndefined();
  expect(await b.take("abcdef012345")).toBe("a.example");
  b.leave("abcdef012345");
  expect(await b.take("abcdef012345")).toBe("a.example");
  a.leave("abcdef012345");
  await expect.poll(() => b.take("abcdef012345")).toBeUndefined();
  a.close();
  b.close();
});
