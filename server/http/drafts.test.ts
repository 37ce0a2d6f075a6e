/** Drafts on a booted server: new ones, who sees what, publishing, and everything that must not work. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drafts } from "#server/services/drafts/drafts.ts";
import { emptyArena } from "#server/services/drafts/newDraft.ts";
import { ask, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY } from "#server/testing/company.ts";
import { Device } from "#server/testing/device.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import {
  DRAFT_REFUSAL,
  type DraftInfo,
  type DraftPage,
  type FaultyAnswer,
  type PublishedArena,
} from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterAll(() => server.close());

const EMPTY = { title: "Quarry", theme: "orchard", columns: 24, rows: 16 } as const;
const NOBODYS = "000000000000";

const draftPath = (id: string) => pathTo(ROUTE.draft, { id });
const publishPath = (id: string) => pathTo(ROUTE.publish, { id });

async function create(device: Device, body: unknown = EMPTY): Promise<DraftPage> {
  const reply = await device.ask<DraftPage & { error: string }>("POST", ROUTE.drafts, body);
  if (reply.status !== 200) throw new Error(`no draft: ${reply.status} ${reply.body.error}`);
  return reply.body;
}

async function save(id: string, tiledJson: string, note = ""): Promise<number> {
  const version = await drafts()?.saveVersion(id, { tiledJson, author: "Ann", note });
  if (typeof version !== "object") throw new Error(`no version: ${version}`);
  return version.number;
}

let arenasMade = 0;
/** A playable file that is unlike all others. */
const aFile = (title = `Arena ${++arenasMade}`) => emptyArena({ ...EMPTY, title });

let named = 0;
async function member(): Promise<Device> {
  const device = await Device.fresh(server);
  await device.name(`Drawer ${"ABCDEFGHKMNP"[named++]}`);
  return device;
}

describe("a new draft", () => {
  test.each([
    { columns: 8, rows: 8 },
    { columns: 15, rows: 64 },
    { columns: 16, rows: 12 },
    { columns: 17, rows: 13 },
    { columns: 64, rows: 64 },
  ])("[DRAFTS-15] of $columns × $rows tiles can be played as it is, by both sides alike", async (size) => {
    const ann = await Device.fresh(server);
    const { id } = await create(ann, { ...EMPTY, ...size });
    const { tiledJson = "", title } = (await drafts()?.read(id)) ?? {};
    expect(title).toBe("Quarry");
    const arena = parseArena(JSON.parse(tiledJson), "new");
    expect(arena).toMatchObject({ ...size, theme: "orchard", players: { min: 2, max: 8 } });
    expect(arena.modes).toEqual(
      size.columns >= 16 && size.rows >= 12 ? MODE_NAMES : ["deathmatch", "teamDeathmatch"],
    );
    const sides = [0, 1].map((team) => arena.spawns.filter((spawn) => spawn.team === team));
    const turned = sides[1]?.map(({ x, y }) => ({ x: arena.widthPx - x, y: arena.heightPx - y, team: 0 }));
    expect(turned).toEqual(sides[0]);
  });

  test("[DRAFTS-16] from a file keeps the file as it is, which need not be playable", async () => {
    const ann = await Device.fresh(server);
    const file = JSON.parse(aFile("Old Mill"));
    file.layers = file.layers.filter(({ name }: { name: string }) => name === "walls");
    file.unknown = { kept: [1, 2] };
    const { id, title } = await create(ann, { tiledJson: JSON.stringify(file, null, 2) });
    expect(title).toBe("Old Mill");
    expect((await drafts()?.read(id))?.tiledJson).toBe(JSON.stringify(file, null, 2));
    const asked = async (query: string) => (await ann.ask<DraftPage>("GET", draftPath(id) + query)).body;
    expect((await asked("?file=")).tiledJson).toBe(JSON.stringify(file, null, 2));
    expect(await asked("")).not.toHaveProperty("tiledJson");
  });

  test("[DRAFTS-17] from what is no map is refused with its faults, from too much with 413", async () => {
    const ann = await Device.fresh(server);
    const tryFile = (tiledJson: string) => ann.ask<FaultyAnswer>("POST", ROUTE.drafts, { tiledJson });
    const codes = async (tiledJson: string) => {
      const { status, body } = await tryFile(tiledJson);
      return [status, body.faults?.map(({ code }) => code)];
    };
    expect(await codes("no JSON")).toEqual([422, ["notJson"]]);
    expect(await codes("[1]")).toEqual([422, ["notATiledMap"]]);
    expect(await codes(aFile() + " ".repeat(ARENA_FILE_MAX_BYTES))).toEqual([422, ["tooManyBytes"]]);
    expect((await codes("[".repeat(50_000) + "]".repeat(50_000)))[0]).toBe(422);
    expect((await tryFile(" ".repeat(4 * ARENA_FILE_MAX_BYTES))).status).toBe(413);
    expect((await ann.ask<DraftInfo[]>("GET", ROUTE.drafts)).body).toEqual([]);
  });

  test("[DRAFTS-18] has a title without foul words and invisible characters, and shows markup as text", async () => {
    const ann = await Device.fresh(server);
    expect((await create(ann, { ...EMPTY, title: "fuck\u202e  this <b>x</b>" })).title).toBe(
      "**** this <b>x</b>",
    );
    const { id } = await create(ann);
    await drafts()?.write(id, { title: "Shit\u200b!", tiledJson: aFile() });
    expect((await ann.ask<DraftPage>("GET", draftPath(id))).body.title).toBe("****!");
  });

  test("[DRAFTS-19] is a fork of any own version, or of what the gallery shows, and of nothing else", async () => {
    const [ann, ben] = [await member(), await Device.fresh(server)];
    const { id } = await create(ann);
    const [first, second] = [aFile("First"), aFile("Second")];
    await save(id, first);
    await save(id, second);
    const fork = (device: Device, version: number) =>
      device.ask<DraftPage>("POST", ROUTE.drafts, { fork: id, version });
    expect((await fork(ben, 1)).status).toBe(404);
    const own = await fork(ann, 1);
    expect((await drafts()?.read(own.body.id))?.tiledJson).toBe(first);
    expect(own.body).toMatchObject({ role: "owner", versions: [] });
    expect((await ann.ask("POST", publishPath(id), { version: 2 })).status).toBe(200);
    expect((await fork(ben, 1)).status).toBe(404);
    const bens = await fork(ben, 2);
    expect((await drafts()?.read(bens.body.id))?.tiledJson).toBe(second);
    expect((await fork(ann, 3)).status).toBe(404);
  });
});

describe("a draft", () => {
  test("[DRAFTS-20] shows its key to its owner and to whoever has it, and is found by its link alone", async () => {
    const [ann, ben] = [await member(), await Device.fresh(server)];
    const { id, key = "", owner } = await create(ann);
    expect(owner).toBe((await ann.me()).name);
    expect(key).toMatch(/^[\w-]{22}$/);
    const get = (device: Device, query = "") => device.ask<DraftPage>("GET", draftPath(id) + query);
    expect((await get(ann)).body).toMatchObject({
      role: "owner",
      key,
      title: "Quarry",
      isPublished: false,
      sha256: "",
    });
    expect((await get(ben, `?key=${key}`)).body).toMatchObject({ role: "editor", key });
    const viewed = await get(ben, "?key=wrong");
    expect(viewed.body).toMatchObject({ role: "viewer", owner });
    expect(viewed.body).not.toHaveProperty("key");
    expect(viewed.headers["cache-control"]).toBe("no-store");
    const stranger = await ask(server, draftPath(id), { headers: new Guest(server).headers });
    expect([stranger.status, JSON.parse(stranger.body).role]).toEqual([200, "viewer"]);
    expect((await ann.ask<DraftInfo[]>("GET", ROUTE.drafts)).body).toMatchObject([{ id, title: "Quarry" }]);
    expect((await ben.ask<DraftInfo[]>("GET", ROUTE.drafts)).body).toEqual([]);
  });

  test("[DRAFTS-21] is deleted by its owner alone, and is gone everywhere", async () => {
    const [ann, ben] = [await Device.fresh(server), await Device.fresh(server)];
    const { id, key } = await create(ann);
    expect((await ben.ask("DELETE", `${draftPath(id)}?key=${key}`)).status).toBe(404);
    expect((await ann.ask("DELETE", draftPath(id))).status).toBe(204);
    expect((await ann.ask("DELETE", draftPath(id))).status).toBe(404);
    expect((await ann.ask("GET", draftPath(id))).status).toBe(404);
    expect(await drafts()?.write(id, { title: "", tiledJson: "{}" })).toBe(false);
  });

  test("[DRAFTS-22] of an account is published, shown, and taken back", async () => {
    const ann = await member();
    const { id } = await create(ann);
    await save(id, aFile("Published one"));
    const { status, body } = await ann.ask<DraftPage>("POST", publishPath(id), { version: 1 });
    expect([status, body.isPublished]).toEqual([200, true]);
    const get = () => ann.ask<PublishedArena>("GET", pathTo(ROUTE.published, { id }));
    expect((await get()).body).toMatchObject({
      id,
      title: "Published one",
      map: body.sha256,
      theme: "orchard",
      modes: MODE_NAMES,
    });
    const file = await ask(server, pathTo(ROUTE.arenaFile, { sha256: body.sha256 }));
    expect([file.status, JSON.parse(file.body).type]).toEqual([200, "map"]);
    expect((await ann.ask<DraftPage>("POST", publishPath(id), { version: null })).body.isPublished).toBe(
      false,
    );
    expect((await get()).status).toBe(404);
  });

  test("[DRAFTS-23] with faults, without a title or with a foul one is not published", async () => {
    const ann = await member();
    const { id } = await create(ann);
    const holed = JSON.parse(aFile());
    holed.layers[0].data[0] = 0;
    const publish = async (tiledJson: string) => {
      const version = await save(id, tiledJson);
      const { status, body } = await ann.ask<FaultyAnswer>("POST", publishPath(id), { version });
      return [status, body.faults?.map(({ code }) => code)];
    };
    expect(await publish(JSON.stringify(holed))).toEqual([422, ["openBorder"]]);
    expect(await publish(emptyArena({ ...EMPTY, title: "" }))).toEqual([422, undefined]);
    const foul = JSON.parse(aFile());
    foul.properties.find(({ name }: { name: string }) => name === "title").value = "Shit";
    expect(await publish(JSON.stringify(foul))).toEqual([422, ["refusedTitle"]]);
    expect(await publish("no JSON")).toEqual([422, ["notJson"]]);
    expect((await ann.ask("POST", publishPath(id), { version: 99 })).status).toBe(404);
    expect((await ann.ask("GET", pathTo(ROUTE.published, { id }))).status).toBe(404);
  });

  test("[DRAFTS-24] of a guest is not published, nor what another shows already, and each says so by its status", async () => {
    const [ann, ben] = [await member(), await Device.fresh(server)];
    const [anns, bens] = [await create(ann), await create(ben)];
    const file = aFile();
    for (const { id } of [anns, bens]) await save(id, file);
    const publish = (device: Device, id: string) => device.ask("POST", publishPath(id), { version: 1 });
    expect((await publish(ben, bens.id)).status).toBe(DRAFT_REFUSAL.needsAccount);
    expect((await publish(ben, anns.id)).status).toBe(404);
    expect((await publish(ann, anns.id)).status).toBe(200);
    await ben.name(`Drawer Z`);
    expect((await publish(ben, bens.id)).status).toBe(DRAFT_REFUSAL.shownAlready);
  });
});

describe("every route", () => {
  const OWN = [
    ["GET", ROUTE.drafts, undefined],
    ["POST", ROUTE.drafts, EMPTY],
    ["DELETE", draftPath(NOBODYS), undefined],
    ["POST", publishPath(NOBODYS), { version: 1 }],
    ["POST", pathTo(ROUTE.rate, { id: NOBODYS }), { stars: 3 }],
  ] as const;

  test.each(OWN)(
    "[DRAFTS-25] answers 401 without an identity, 403 to another site's page: %s %s",
    async (method, path, body) => {
      expect((await new Device(server).ask(method, path, body)).status).toBe(401);
      const { token } = await Device.fresh(server);
      const foreign = new Device(server, { origin: "https://evil.example", ...(token && { token }) });
      // Browsers hide the answer to a GET from other sites' pages.
      if (method !== "GET") expect((await foreign.ask(method, path, body)).status).toBe(403);
    },
  );

  test("[DRAFTS-26] answers 400 to bodies of wrong types, and 404 to what is no id", async () => {
    const ann = await Device.fresh(server);
    const { id } = await create(ann);
    const WRONG = [
      null,
      1,
      "text",
      [],
      {},
      { tiledJson: 5 },
      { fork: "x", version: 1 },
      { fork: id },
      { fork: id, version: "1" },
    ];
    const SIZES = [{ columns: 7 }, { rows: 65 }, { columns: 1e9 }, { columns: 8.5 }, { rows: null }];
    for (const body of [
      ...WRONG,
      ...SIZES.map((size) => ({ ...EMPTY, ...size })),
      { ...EMPTY, title: "x".repeat(101) },
    ])
      expect([body, (await ann.ask("POST", ROUTE.drafts, body)).status]).toEqual([body, 400]);
    for (const version of ["1", 1.5, undefined, {}])
      expect((await ann.ask("POST", publishPath(id), { version })).status).toBe(400);
    for (const wrong of ["x", "%00", "../../x", "0".repeat(500), "AAAAAAAAAAAA"]) {
      const path = `/api/drafts/${encodeURIComponent(wrong)}`;
      expect([wrong, (await ann.ask("GET", path)).status]).toEqual([wrong, 404]);
      expect([wrong, (await ann.ask("DELETE", path)).status]).toEqual([wrong, 404]);
    }
    expect((await ann.ask("POST", ROUTE.drafts, { ...EMPTY, theme: "moon" })).status).toBe(404);
  });

  test("[DRAFTS-27] an identity makes thirty drafts an hour, of which a guest keeps ten", async () => {
    const ann = await Device.fresh(server);
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++)
      statuses.push((await ann.ask("POST", ROUTE.drafts, EMPTY)).status);
    const counts = (status: number) => statuses.filter((each) => each === status).length;
    expect([counts(200), counts(DRAFT_REFUSAL.tooMany), counts(429)]).toEqual([10, 20, 1]);
  });
});
