/** Finished matches at the operator's address: signed, in order, again until taken, and never at a private address. */
import { createHmac } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Store } from "#server/store/store.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { aResult, matchId } from "#server/testing/matches.ts";
import type { StoredMatch } from "#shared/protocol/progress.ts";
import { Webhook, type WebhookRules } from "./webhook.ts";
import { discordMessage, isDiscord, signedMessage } from "./webhookBody.ts";
import { call, isPublic } from "./webhookCall.ts";

const SECRET = "a secret of the operator's webhook";

interface Received {
  headers: IncomingMessage["headers"];
  body: string;
}

let folder: string;
let lines: LogLine[];
let receiver: Server;
let received: Received[];
/** Answers a received call; 204 unless a test says otherwise. */
let answer: (response: ServerResponse, number: number) => void;
const webhooks: Webhook[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fracas-webhook-"));
  lines = captureLog();
  received = [];
  answer = (response) => void response.writeHead(204).end();
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(webhooks.splice(0).map((webhook) => webhook.close()));
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const target = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/matches?of=fracas`;
const numbered = (number: number) => aResult({ id: matchId(number, number) });

const page = (id: string): StoredMatch => ({
  ...{ id, arena: "foundry", mode: "teamDeathmatch", isHosted: false, startedAt: 0, endedAt: 1_000 },
  rules: { timeLimitSec: 300, scoreLimit: 30, friendlyFire: false },
  ...{ how: "scoreLimit", teamScores: [30, 12], whyUnrated: null },
  players: [
    {
      ...{
        name: "@everyone *Ann*",
        hasPage: true,
        isBot: false,
        team: 0,
        place: 1,
        score: 12,
        kills: 6,
        deaths: 3,
      },
      ...{
        assists: 1,
        damage: 600,
        flags: 0,
        hillSec: 0,
        longestStreak: 3,
        weapons: [],
        medals: [],
        playedSec: 300,
      },
      left: null,
      points: { before: 1000, after: 1012 },
    },
  ],
});

/** Knows every match. */
const store: Store = {
  isAway: false,
  ask: (async (_name: string, { uuid }: { uuid: string }) => page(uuid)) as unknown as Store["ask"],
  close: async () => {},
};

function open(rules: Partial<WebhookRules> = {}): Webhook {
  const all = {
    url: target(),
    secret: SECRET,
    allowPrivate: true,
    publicUrl: "https://fracas.example",
    ...rules,
  };
  const webhook = new Webhook(all, store, folder);
  webhooks.push(webhook);
  return webhook;
}
const waiting = async () => (await readdir(folder)).filter((name) => name.endsWith(".json")).length;
const idsReceived = () => received.map(({ headers }) => headers["webhook-id"]);

test("[WEBHOOK-1] a public match arrives once, with a signature over id, time and body; a hosted one does not", async () => {
  const webhook = open();
  await webhook.queue({ ...numbered(2), isHosted: true });
  await webhook.queue(numbered(1));
  await vi.waitUntil(async () => received.length === 1 && (await waiting()) === 0);
  const { headers, body } = received[0] ?? { headers: {}, body: "" };
  expect(JSON.parse(body)).toEqual({
    type: "match.finished",
    timestamp: "1970-01-01T00:00:01.000Z",
    data: { ...page(numbered(1).id), url: `https://fracas.example/m/${numbered(1).id}` },
  });
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  expect(headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", SECRET).update(signed).digest("base64")}`,
  );
  expect(headers["content-type"]).toBe("application/json");
});

test("[WEBHOOK-2] while the receiver fails nothing is lost: later matches wait behind the first, also over a restart", async () => {
  answer = (response) => void response.writeHead(503).end();
  const first = open();
  for (const number of [1, 2, 3]) await first.queue(numbered(number));
  await vi.waitUntil(() => lines.some(({ msg }) => msg.includes("they wait")));
  await first.close();
  expect(new Set(idsReceived())).toEqual(new Set([numbered(1).id]));
  expect(await waiting()).toBe(3);
  received = [];
  answer = (response) => void response.writeHead(200).end("thanks");
  open();
  await vi.waitUntil(async () => (await waiting()) === 0);
  expect(idsReceived()).toEqual([1, 2, 3].map((number) => numbered(number).id));
});

test("[WEBHOOK-3] it tries again by itself, later after each failure, and not before a Retry-After", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  answer = (response, number) => {
    if (number === 1) response.writeHead(500).end();
    else if (number === 2) response.writeHead(429, { "retry-after": "100" }).end();
    else response.writeHead(200).end();
  };
  await open().queue(numbered(1));
  const wait = async (ms: number, calls: number) => {
    await vi.waitUntil(() => vi.getTimerCount() > 0);
    vi.advanceTimersByTime(ms);
    await vi.waitUntil(() => received.length === calls);
  };
  await wait(5_000, 2);
  await vi.waitUntil(() => vi.getTimerCount() > 0);
  vi.advanceTimersByTime(99_000);
  expect(received).toHaveLength(2);
  await wait(1_000, 3);
  await vi.waitUntil(async () => (await waiting()) === 0);
  expect(lines.map(({ msg }) => msg)).toEqual([
    "WEBHOOK_URL does not take matches: they wait",
    "WEBHOOK_URL takes matches again",
  ]);
});

test("[WEBHOOK-4] a match that the receiver refuses five times is set aside, and those behind it arrive", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  answer = (response) => {
    const isFirst = idsReceived().at(-1) === numbered(1).id;
    response.writeHead(isFirst ? 422 : 200).end();
  };
  const webhook = open();
  await webhook.queue(numbered(1));
  await webhook.queue(numbered(2));
  for (let tries = 1; tries < 5; tries++) {
    await vi.waitUntil(() => vi.getTimerCount() > 0 && received.length === tries);
    vi.advanceTimersByTime(3_600_000);
  }
  await vi.waitUntil(async () => (await waiting()) === 0);
  expect(idsReceived()).toEqual([...Array(5).fill(numbered(1).id), numbered(2).id]);
  expect(await readdir(join(folder, "bad"))).toEqual([`${numbered(1).id}.json`]);
});

test("[WEBHOOK-5] redirects are not followed", async () => {
  answer = (response) => void response.writeHead(302, { location: target() }).end();
  await open().queue(numbered(1));
  await vi.waitUntil(() => lines.some(({ why }) => why === "status 302"));
  expect(received).toHaveLength(1);
});

test("[WEBHOOK-6] an answer without end is not read to its end, and one that never comes is given up", async () => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  answer = (response, number) => {
    if (number > 1) return;
    response.writeHead(200);
    response.on("close", () => closed.resolve());
    const pump = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      sent += 16_384;
      if (!response.destroyed) response.once("drain", pump);
    };
    pump();
  };
  const options = { url: new URL(target()), headers: {}, body: "{}", allowPrivate: true };
  expect(await call(options)).toMatchObject({ status: 200 });
  await closed.promise;
  // What the two kernels hold, at most.
  expect(sent).toBeLessThan(32_000_000);
  await expect(call({ ...options, timeoutMs: 50 })).rejects.toThrow("no answer within 50 ms");
});

test.each([
  ...["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],
  ...["198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1"],
  ...["::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "localhost", ""],
])("[WEBHOOK-7] %s is no public address", (address) => {
  expect(isPublic(address)).toBe(false);
});

test("[WEBHOOK-8] public addresses of both kinds are allowed", () => {
  expect(["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"].map(isPublic)).toEqual([true, true, true]);
});

test.each([
  "http://127.0.0.1",
  "http://2130706433",
  "http://0x7f.1",
  "http://[::1]",
  "http://[::ffff:127.0.0.1]",
  "http://localhost",
])("[WEBHOOK-9] %s is refused before a byte is sent, unless it is allowed", async (origin) => {
  const url = new URL(origin);
  url.port = new URL(target()).port;
  const options = { url, headers: {}, body: "{}" };
  await expect(call({ ...options, allowPrivate: false })).rejects.toThrow("WEBHOOK_ALLOW_PRIVATE");
  expect(received).toEqual([]);
});

test("[WEBHOOK-10] a name that points to a private address is refused, whichever of its addresses it is", async () => {
  const names =
    (addresses: string[]): LookupFunction =>
    (_name, options, found) => {
      const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      if (options.all) found(null, all);
      else found(null, all[0]?.address ?? "", all[0]?.family);
    };
  const url = new URL(target());
  url.hostname = "rebound.example";
  const options = { url, headers: {}, body: "{}" };
  for (const addresses of [
    ["127.0.0.1"],
    ["93.184.216.34", "127.0.0.1"],
    ["::1"],
    ["2606:4700:4700::1111", "10.0.0.1"],
  ]) {
    const lookup = names(addresses);
    await expect(call({ ...options, allowPrivate: false, lookup })).rejects.toThrow("no public address");
  }
  expect(received).toEqual([]);
  expect(await call({ ...options, allowPrivate: true, lookup: names(["127.0.0.1"]) })).toMatchObject({
    status: 204,
  });
});

test("[WEBHOOK-11] Discord gets an embed that mentions nobody and shows names as they are", () => {
  const url = new URL("https://discord.com/api/webhooks/123/token");
  expect([url, new URL("https://ptb.discord.com/api/webhooks/1/t")].map(isDiscord)).toEqual([true, true]);
  const others = [
    "https://discord.com.evil.example/api/webhooks/1/t",
    "https://discord.com/",
    "https://notdiscord.com/api/webhooks/",
  ];
  expect(others.map((other) => isDiscord(new URL(other)))).toEqual([false, false, false]);
  const match = page(numbered(1).id);
  const [ann] = match.players;
  if (!ann) throw new Error("no players");
  const { body } = discordMessage({ ...match, players: Array(64).fill(ann) }, "https://fracas.example");
  const message = JSON.parse(body);
  expect(message.allowed_mentions).toEqual({ parse: [] });
  const [embed] = message.embeds;
  expect(embed.url).toBe(`https://fracas.example/m/${match.id}`);
  expect(embed.title).toBe("Team deathmatch on Foundry: 30 – 12");
  expect(embed.description.split("\n")[0]).toBe("1. **\\@everyone \\*Ann\\*** 12 points, 6/3 (+12)");
  expect(embed.description.split("\n").at(-1)).toBe("and 54 more");
  expect(embed.description.length).toBeLessThan(4_096);
});

test("[WEBHOOK-12] a key in base64 signs as libraries for receivers expect, and without a secret there is no signature", () => {
  const key = Buffer.from("thirty-two bytes of a secret key");
  const match = page(numbered(1).id);
  const { headers, body } = signedMessage(
    match,
    undefined,
    `whsec_${key.toString("base64")}`,
    1_700_000_000_000,
  );
  const expected = createHmac("sha256", key).update(`${match.id}.1700000000.${body}`).digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
  expect(signedMessage(match, undefined, undefined, 0).headers["webhook-signature"]).toBeUndefined();
});

test("[WEBHOOK-13] a receiver that does not answer delays no stop, and gets the match after the restart", async () => {
  const { promise: called, resolve: isCalled } = Promise.withResolvers<void>();
  answer = () => isCalled();
  const first = open();
  await first.queue(numbered(1));
  await called;
  // Without a bound of its own: the call would end after ten seconds, and the test after its limit of five.
  await first.close();
  expect(await readdir(folder)).toContain(`${numbered(1).id}.json`);
  answer = (response) => void response.writeHead(204).end();
  open();
  await vi.waitUntil(() => received.length === 2);
}, 5_000);
