/** Deploys of a real server with several processes, under stock SDK clients. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { until } from "./testing/bootServer.ts";
import {
  type DeployedServer,
  DEPLOY_WITHIN_MS,
  enter,
  host,
  keepAsking,
  quickPlay,
  startDeployed,
  type Wanderer,
} from "./testing/deployedServer.ts";

const RESTART = fileURLToPath(new URL("cluster/restart.ts", import.meta.url));

const servers: DeployedServer[] = [];
const start = async (environment: Record<string, string>): Promise<DeployedServer> => {
  const server = await startDeployed(environment);
  servers.push(server);
  return server;
};
const people: Wanderer[] = [];
const here = async (joining: Promise<Wanderer>): Promise<Wanderer> => {
  const person = await joining;
  people.push(person);
  return person;
};
afterEach(() => {
  for (const person of people.splice(0)) person.stop();
});
afterAll(() => {
  for (const server of servers) server.kill();
});

const isBack = (person: Wanderer, drops = 1) =>
  until(
    "the player is back",
    () => person.returns === drops && person.state.roster.get(person.room.sessionId)?.connected === true,
    DEPLOY_WITHIN_MS,
  );
const formerHasEnded = (server: DeployedServer, times: number) =>
  until(
    "the former generation has ended",
    () => server.count("the former generation has ended") === times,
    DEPLOY_WITHIN_MS,
  );

describe("a deploy in a fight", () => {
  let server: DeployedServer;
  beforeAll(async () => {
    server = await start({ DRAIN_SECONDS: "1" });
  });

  test("[DEPLOYING-1] every room moves with its players, who miss a moment: same seats, roster, chat and host; no request is refused", async () => {
    const { url } = server;
    const ann = await here(host(url, "Ann"));
    const cem = await here(host(url, "Cem"));
    await here(enter(url, ann.room.roomId, "Ben"));
    await here(enter(url, cem.room.roomId, "Dot"));
    await cem.room.request(MESSAGE.host, { do: "start" }).catch(() => {});
    for (const name of ["Eve", "Fay", "Gus", "Hal"]) await here(quickPlay(url, name));
    await ann.room.request(MESSAGE.chat, { scope: "all", text: "before the deploy" });
    await until("everybody is known", () => people.every((person) => person.state.roster.size >= 2), 30_000);
    const before = people.map((person) => person.roster());
    const seats = people.map(({ room }) => [room.roomId, room.sessionId]);
    const asking = keepAsking(url, "/readyz");
    await server.deploy();
    await Promise.all(people.map((person) => isBack(person)));
    await formerHasEnded(server, 1);
    const { bad, asked } = await asking.stop();
    expect(bad).toEqual([]);
    expect(asked).toBeGreaterThan(10);
    for (const [at, person] of people.entries()) {
      expect(person.drops).toEqual([CLOSE.restarting]);
      expect(person.ends).toEqual([]);
      expect([person.room.roomId, person.room.sessionId]).toEqual(seats[at]);
      expect(Object.keys(person.roster()).sort()).toEqual(Object.keys(before[at] ?? {}).sort());
    }
    expect(people[2]?.roster()).toEqual(before[2]);
    expect(ann.chat().filter((text) => text === "before the deploy").length).toBeGreaterThan(0);
    console.log(`gaps between patches: ${people.map(({ gapMs }) => Math.round(gapMs)).join(", ")} ms`);
  });
});
