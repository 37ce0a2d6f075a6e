import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MESSAGE } from "#shared/protocol/names.ts";

const MATCH_SECONDS = 90;

let server: TestServer;
const joined: ArenaClient[] = [];
const join = async (name: string) => {
  const client = await server.join({ name });
  joined.push(client);
  return client;
};
beforeAll(async () => {
  server = await bootServer({ matchSeconds: MATCH_SECONDS });
});
afterEach(async () => {
  await Promise.all(joined.splice(0).map((client) => client.leave()));
});
afterAll(() => server.close());

/** Ends the current phase with the next tick. */
const endPhase = (client: ArenaClient) => {
  const { state } = server.roomOf(client);
  state.phaseEndsTick = state.tick;
};

const endMatch = async (client: ArenaClient, winner: ArenaClient) => {
  const { state } = server.roomOf(client);
  const drone = state.drones.get(winner.sessionId);
  if (drone) drone.score = 5;
  endPhase(client);
  await until("the match is decided", () => client.state.phase === "results");
};

test("[FLOW-1] after the results and a vote, the winning map and mode count down and go live", async () => {
  const [ann, ben, cat] = [await join("Ann"), await join("Ben"), await join("Cat")];
  expect(ann.state.phase).toBe("live");
  await endMatch(ann, ann);
  await until("there are candidates", () => ann.state.candidates.length > 1);
  const wanted = Array.from(ann.state.candidates)[1];
  for (const voter of [ann, ben]) voter.send(MESSAGE.vote, { choice: 1 });
  cat.send(MESSAGE.vote, { choice: 0 });
  await until("the votes are counted", () => Array.from(cat.state.candidates)[1]?.votes === 2);
  endPhase(ann);
  await until("the next match is set up", () => ben.state.phase === "countdown");
  expect([ben.state.map, ben.state.mode]).toEqual([wanted?.map, wanted?.mode]);
  expect(ben.state.roster.get(ben.sessionId)?.score).toBe(0);
  endPhase(ann);
  await until("it is live", () => cat.state.phase === "live");
  expect(cat.state.candidates.length).toBe(0);
});

test("[FLOW-4] the first match and the next last MATCH_SECONDS, whatever a client requests", async () => {
  const ann = await server.join({ name: "Ann", timeLimitTicks: 7 });
  joined.push(ann);
  const secondsLeft = () => (ann.state.phaseEndsTick - ann.state.tick) / TICKS_PER_SEC;
  expect(secondsLeft()).toBeGreaterThan(MATCH_SECONDS - 5);
  expect(secondsLeft()).toBeLessThanOrEqual(MATCH_SECONDS);
  await endMatch(ann, ann);
  for (const phase of ["countdown", "live"]) {
    endPhase(ann);
    await until(phase, () => ann.state.phase === phase);
  }
  expect(secondsLeft()).toBeGreaterThan(MATCH_SECONDS - 5);
  expect(secondsLeft()).toBeLessThanOrEqual(MATCH_SECONDS);
});

test("[FLOW-5] the results end 3 s after every connected player has voted, and not before", async () => {
  const [ann, ben] = [await join("Ann"), await join("Ben")];
  await endMatch(ann, ann);
  const { state } = server.roomOf(ann);
  const secondsLeft = () => (state.phaseEndsTick - state.tick) / TICKS_PER_SEC;
  await until("there are candidates", () => ann.state.candidates.length > 1);
  ann.send(MESSAGE.vote, { choice: 0 });
  await until("Ann's vote is counted", () => state.candidates[0]?.votes === 1);
  expect(secondsLeft()).toBeGreaterThan(10);
  ben.send(MESSAGE.vote, { choice: 1 });
  await until("the results end soon", () => secondsLeft() <= 3);
  await until("the next match is set up", () => ann.state.phase === "countdown");
});

test("[FLOW-2] a second vote replaces the first, leaving withdraws it, and a vote for no candidate is ignored", async () => {
  const [ann, ben] = [await join("Ann"), await join("Ben")];
  const { state } = server.roomOf(ann);
  const votes = () => Array.from(state.candidates, (candidate) => candidate.votes);
  ann.send(MESSAGE.vote, { choice: 0 });
  await endMatch(ann, ben);
  await until("there are candidates", () => state.candidates.length > 1);
  for (const choice of [0, 1, 7]) ann.send(MESSAGE.vote, { choice });
  ben.send(MESSAGE.vote, { choice: 1 });
  await until("both have voted", () => votes()[1] === 2);
  expect(votes()[0]).toBe(0);
  await ben.leave();
  joined.splice(joined.indexOf(ben), 1);
  await until("Ben's vote is withdrawn", () => votes()[1] === 1);
});

test("[FLOW-3] in the next match every client receives its own drone with all fields, and the drones in view", async () => {
  const [ann, ben] = [await join("Ann"), await join("Ben")];
  await endMatch(ann, ann);
  endPhase(ann);
  await until("the next match is set up", () => ben.state.phase === "countdown");
  const { state } = server.roomOf(ann);
  for (const client of [ann, ben]) {
    const drone = state.drones.get(client.sessionId);
    if (drone) Object.assign(drone, { x: 800, y: 130 });
  }
  await until("Ann sees Ben", () => ann.state.drones.get(ben.sessionId) !== undefined);
  await until("Ann has her own fields", () => ann.state.drones.get(ann.sessionId)?.vx !== undefined);
});
