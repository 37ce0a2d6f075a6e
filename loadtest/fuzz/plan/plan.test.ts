/** The generator of connections and requests: reproducible, honest where it claims to be, and varied where not. */
import { InputDecoder } from "@colyseus/schema/input";
import { Protocol } from "@colyseus/sdk";
import { describe, expect, test } from "vitest";
import { CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { planConnection, planTogether } from "./connection.ts";
import { honestMessage, suspectMessage } from "./frames.ts";
import { encodeFragments, encodeFrame, OPCODE } from "./framing.ts";
import { validBody } from "./inputFrames.ts";
import { planRequest } from "./requests.ts";
import { fillIn, requestText } from "./requestText.ts";
import { dearText } from "./texts.ts";
import { wireNumber } from "./wireNumbers.ts";

const SEEDS = [1, 2, 7, 2 ** 31];

describe("the generator", () => {
  test.each(SEEDS)("[FUZZ-1] seed %i makes the same bytes every time and in any order", (seed) => {
    const forwards = Array.from({ length: 40 }, (_, index) => [
      planConnection(seed, index),
      planRequest(seed, index),
    ]);
    for (let index = 39; index >= 0; index--) {
      expect([planConnection(seed, index), planRequest(seed, index)]).toEqual(forwards[index]);
    }
  });

  test("[FUZZ-2] no two seeds, and no two connections of a seed, are the same", () => {
    const plans = SEEDS.flatMap((seed) =>
      Array.from({ length: 50 }, (_, index) => planConnection(seed, index)),
    );
    expect(new Set(plans.map(({ bursts }) => JSON.stringify(bursts))).size).toBe(plans.length);
  });

  test("[FUZZ-3] Colyseus' decoder reads an honest command to the end, into legal fields", () => {
    const random = seededRandom(3);
    for (let i = 0; i < 2000; i++) {
      const input = new CommandInput({ moveX: 0, moveY: 0, aim: 0, buttons: 0, reach: 0 });
      new InputDecoder(input).decode(validBody(random));
      expect(Math.max(Math.abs(input.moveX), Math.abs(input.moveY))).toBeLessThanOrEqual(MOVE_MAX);
      expect(input.buttons & ~7).toBe(0);
    }
  });

  test("[FUZZ-4] the messages cover every protocol code, every first byte, and every order of size up to 8 KB", () => {
    const random = seededRandom(4);
    const firstBytes = new Set<number | undefined>();
    const sizes = new Set<number>();
    for (let i = 0; i < 40_000; i++) {
      const { bytes } = i % 4 === 0 ? honestMessage(random) : suspectMessage(random);
      firstBytes.add(bytes[0]);
      sizes.add(Math.ceil(Math.log2(bytes.length + 1)));
      expect(bytes.length).toBeLessThanOrEqual(8192);
    }
    expect(firstBytes.size).toBe(257);
    for (const code of Object.values(Protocol)) expect(firstBytes).toContain(code);
    expect([...Array(14).keys()].filter((size) => !sizes.has(size))).toEqual([]);
  });

  test("[FUZZ-5] connections mix honest and suspect frames, with over 8 % suspect and over half honest", () => {
    const bursts = Array.from({ length: 2000 }, (_, index) => planConnection(5, index)).flatMap(
      (plan) => plan.bursts,
    );
    const honest = bursts.reduce((sum, burst) => sum + burst.honest.length, 0);
    const suspect = bursts.reduce((sum, burst) => sum + burst.suspect.length, 0);
    expect(suspect / (honest + suspect)).toBeGreaterThan(0.08);
    expect(honest / (honest + suspect)).toBeGreaterThan(0.5);
  });
});

describe("what is valid and too much", () => {
  const requests = Array.from({ length: 3000 }, (_, index) => planRequest(6, index));

  test("[FUZZ-28] texts of chat, names and titles grow under NFKC more than tenfold", () => {
    const random = seededRandom(6);
    const texts = Array.from({ length: 300 }, () => dearText(random, 3900));
    const growth = texts.map((text) => text.normalize("NFKC").length / text.length);
    expect(growth.filter((factor) => factor > 10).length).toBeGreaterThan(60);
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(4000);
    const grows = Buffer.from("\uFDFA\uFDFA");
    const messages = Array.from({ length: 3000 }, () => Buffer.from(suspectMessage(random).bytes));
    expect(messages.some((bytes) => bytes.includes(grows))).toBe(true);
    const bodies = requests.filter(({ text }) => text.includes(grows.toString("latin1")));
    expect(bodies.some(({ text }) => text.includes('{"name":'))).toBe(true);
    expect(bodies.some(({ text }) => text.includes('"title":'))).toBe(true);
  });

  test("[FUZZ-29] a flood repeats one request without the bots' token, so that limits count it", () => {
    const floods = requests.filter(({ kind }) => kind === "flood");
    expect(floods.length).toBeGreaterThan(20);
    for (const { text, client } of floods) {
      expect(client).not.toBe("attacker");
      expect(text).not.toContain("{token}");
      const [first = "", ...others] = text.split(/(?=(?:GET|POST) \/)/);
      expect(others.every((other) => other === first)).toBe(true);
    }
    expect(Math.max(...floods.map(({ text }) => text.split(" HTTP/1.1\r\n").length))).toBeGreaterThan(100);
  });

  test("[FUZZ-30] clients of a proxy come from many networks, most of them within one /48", () => {
    const proxied = requests.filter(({ client }) => client === "proxied");
    const networks = new Set(proxied.map(({ network }) => network));
    expect(networks.size).toBeGreaterThan(100);
    expect([...networks].filter((network) => network?.startsWith("2001:db8:7:")).length).toBeGreaterThan(100);
    const readable = proxied.filter(({ text }) => text.includes(" HTTP/1.1\r\n"));
    for (const { text, network } of readable) expect(text).toContain(`X-Forwarded-For: ${network}\r\n`);
  });

  test("[FUZZ-31] some connections join together, and then repeat the same valid message at once", () => {
    const groups = Array.from({ length: 2000 }, (_, index) => planTogether(6, index)).filter(
      (group) => group !== undefined,
    );
    expect(groups.length).toBeGreaterThan(50);
    const kinds = new Set<string>();
    for (const group of groups) {
      expect(group.length).toBeGreaterThan(1);
      const pieces = group.map(({ bursts }) => bursts[0]?.suspect[0]);
      for (const piece of pieces) kinds.add(piece?.kind ?? "");
      expect(new Set(pieces.map((piece) => piece?.kind)).size).toBe(1);
    }
    expect([...kinds].sort()).toEqual(
      ["chat", "input", "ping", "request", "stampedInput"].map((kind) => `flood of ${kind}`),
    );
    expect(planTogether(6, 23)).toEqual(planTogether(6, 23));
  });
});

describe("RFC 6455", () => {
  const payload = Uint8Array.from({ length: 300 }, (_, i) => i);

  test("[FUZZ-6] a frame has its length and a mask, and unmasks to its payload", () => {
    const bytes = encodeFrame(seededRandom(1), payload, { opcode: OPCODE.binary });
    expect([...bytes.subarray(0, 4)]).toEqual([0x82, 0x80 | 126, 300 >> 8, 300 & 0xff]);
    const mask = bytes.subarray(4, 8);
    expect(bytes.subarray(8).map((byte, i) => byte ^ (mask[i % 4] ?? 0))).toEqual(payload);
  });

  test("[FUZZ-7] fragments start with the opcode and go on as continuations, and only the last is final", () => {
    for (let seed = 0; seed < 50; seed++) {
      const bytes = Buffer.from(encodeFragments(seededRandom(seed), payload.subarray(0, 100), OPCODE.binary));
      const firsts: number[] = [];
      for (let at = 0; at < bytes.length; at += 6 + ((bytes[at + 1] ?? 0) & 0x7f))
        firsts.push(bytes[at] ?? 0);
      const data = firsts.filter((first) => (first & 0x0f) !== OPCODE.ping);
      expect(data[0]).toBe(OPCODE.binary);
      expect(data.at(-1)).toBe(0x80 | OPCODE.continuation);
      expect(data.slice(1, -1).every((first) => first === OPCODE.continuation)).toBe(true);
    }
  });
});

test("[FUZZ-8] numbers are encoded as Colyseus decodes them", () => {
  const written = [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, -1, -32, -33, -129].map((value) =>
    Buffer.from(wireNumber(value)).toString("hex"),
  );
  expect(written).toEqual([
    "00",
    "7f",
    "cc80",
    "ccff",
    "cd0001",
    "cdffff",
    "ce00000100",
    "ceffffffff",
    "ff",
    "e0",
    "d0df",
    "d17fff",
  ]);
});

test("[FUZZ-9] a request is text into which the run's host, origin, token and room are filled", () => {
  const target = { host: "127.0.0.1:1", origin: "http://127.0.0.1:1", token: "secret", room: "r" };
  const text = requestText({ method: "POST", path: "/x/{room}", body: "{}" });
  expect(fillIn(text, target)).toBe(
    "POST /x/r HTTP/1.1\r\nHost: 127.0.0.1:1\r\nOrigin: http://127.0.0.1:1\r\nAuthorization: Bearer secret\r\n" +
      "Content-Length: 2\r\n\r\n{}",
  );
});
