/** Tests what renewals ask of the store. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLimits, type Limits } from "#server/edge/limits.ts";
import { createIdentityService } from "#server/services/identity.ts";
import type { Store } from "#server/store/store.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { answerFailure } from "./front.ts";
import { identityRoute } from "./identity.ts";

/** LIMITS.renewal for one identity. */
const RENEWALS_MAX = 60;

const identities = createIdentityService("a secret that is long enough for this test");
let asked: string[];
let isRevoked: boolean;
let limits: Limits;
let server: Server;
beforeEach(async () => {
  asked = [];
  isRevoked = false;
  limits = createLimits(undefined);
  const ask = async (name: string) => {
    asked.push(name);
    return name === "isRevoked" ? isRevoked : undefined;
  };
  const store = { ask, isAway: false, close: async () => {} } as Store;
  const recognise = async () => ({ network: "192.0.2.1", identity: undefined, isExempt: false });
  const app = express()
    .use(identityRoute(recognise, limits, identities, store))
    .use(answerFailure);
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  vi.useRealTimers();
  limits.close();
  server.close();
});

async function renew(token: string): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${ROUTE.identity}`;
  return (await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status;
}
const count = (name: string) => asked.filter((each) => each === name).length;

test("[RENEWAL-1] a renewal over its limit asks nothing of the store", async () => {
  const token = await identities.issue();
  for (let time = 0; time < RENEWALS_MAX; time++) expect(await renew(token)).toBe(200);
  expect(await renew(token)).toBe(429);
  expect(count("isRevoked")).toBe(RENEWALS_MAX);
});

test("[RENEWAL-2] a device is noted as seen once an hour, and never one that was signed out", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const token = await identities.issue();
  isRevoked = true;
  expect(await renew(token)).toBe(401);
  expect(count("noteSeen")).toBe(0);
  isRevoked = false;
  for (let time = 0; time < 3; time++) expect(await renew(token)).toBe(200);
  expect(count("noteSeen")).toBe(1);
  vi.advanceTimersByTime(3_600_000);
  expect(await renew(token)).toBe(200);
  expect(count("noteSeen")).toBe(2);
});
