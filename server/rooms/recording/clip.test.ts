/** The moment of a clip: the room tells it to whoever asks, as they see it. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, openRoom, type Person, passTime } from "#server/testing/company.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { ClipAnswer } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

let server: TestServer;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, replaysMaxMb: 10 });
});
afterEach(async () => {
  await Promise.all(here.splice(0).map(({ room }) => room.leave()));
});
afterAll(() => server.close());

async function host(settings: object = {}): Promise<Person> {
  const person = await openRoom(server, { settings: RoomSettings.parse({ bots: 2, ...settings }) });
  here.push(person);
  return person;
}

const ask = ({ room }: Person): Promise<ClipAnswer> => room.request(MESSAGE.clip, {});

const momentOf = (answer: ClipAnswer): number => {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.atMs;
};

async function start(person: Person): Promise<void> {
  await person.host({ do: "start" });
  await until("the match is recorded", () => person.state.phase === "live");
  // The take begins with the next patch.
  await expect.poll(() => ask(person)).toMatchObject({ ok: true });
}

test("[CLIP-8] a room tells a player which replay has the present, and its moment; before the match it says that nothing is recorded", async () => {
  const ann = await host();
  expect(await ask(ann)).toEqual({ ok: false, reason: "notRecorded" });
  await start(ann);
  const first = await ask(ann);
  const second = await ask(ann);
  expect(second).toMatchObject({ ok: true, id: first.ok && first.id });
  expect(momentOf(second)).toBeGreaterThanOrEqual(momentOf(first));
  passTime(server.roomOf(ann.room), 5_000);
  await expect.poll(async () => momentOf(await ask(ann))).toBeGreaterThanOrEqual(momentOf(first) + 5_000);
});

test("[CLIP-9] a spectator who sees everything late gets the moment of that picture, and nothing before there is one", async () => {
  const ann = await host({ spectating: "delayed" });
  const eve = await enterRoom(server, ann.room.roomId, { name: "Eve", spectate: true }, undefined, "early");
  here.push(eve);
  await start(ann);
  expect(await ask(eve)).toEqual({ ok: false, reason: "notRecorded" });
  passTime(server.roomOf(ann.room), SPECTATOR_DELAY_MS + 2_000);
  await expect.poll(() => ask(eve)).toMatchObject({ ok: true });
  const [late, present] = [momentOf(await ask(eve)), momentOf(await ask(ann))];
  expect(present - late).toBeGreaterThanOrEqual(SPECTATOR_DELAY_MS);
});

test("[CLIP-10] the replay of a clip is pending while the match goes on, and there once it is over; results still tell it", async () => {
  const ann = await host();
  await start(ann);
  const made = await ask(ann);
  if (!made.ok) throw new Error(made.reason);
  const fetchIt = () => fetch(server.url + pathTo(ROUTE.replay, { id: made.id }));
  await expect.poll(async () => (await fetchIt()).status).toBe(202);
  // The page waits for it: it is no page that does not exist.
  const page = await fetch(server.url + pathTo(ROUTE.replayPage, { id: made.id }));
  expect([page.status, page.headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
  await ann.host({ do: "end" });
  await until("the results", () => ann.state.phase === "results");
  expect(await ask(ann)).toMatchObject({ ok: true, id: made.id });
  await expect.poll(async () => (await fetchIt()).status, { timeout: 15_000 }).toBe(200);
  const { segments } = (await (await fetchIt()).json()) as { segments: { toMs: number }[] };
  const after = await ask(ann);
  expect(after).toMatchObject({ ok: true, id: made.id });
  expect(momentOf(after)).toBeLessThanOrEqual(segments.at(-1)?.toMs ?? 0);
});
