/** Tokens that the server did not issue: forged JWTs of every kind, and texts that are no JWT. */
import { type Cases, oneOf, pick, type Random, randomBytes, size } from "./chance.ts";

const base64url = (text: string) => Buffer.from(text, "latin1").toString("base64url");
const random = (source: Random, max: number) =>
  Buffer.from(randomBytes(source, size(source, max))).toString("base64url");

const HEADERS = [
  '{"alg":"none"}',
  '{"alg":"None","typ":"JWT"}',
  '{"alg":"HS256"}',
  '{"alg":"HS512"}',
  '{"alg":"RS256"}',
  '{"alg":""}',
  '{"alg":"HS256","crit":["x"],"x":1}',
  '{"alg":"HS256","crit":["b64"],"b64":false}',
  '{"alg":"HS256","zip":"DEF"}',
  '{"alg":"dir","enc":"A256GCM"}',
  '{"alg":"HS256","jwk":{"kty":"oct","k":"AA"}}',
  '{"alg":["HS256"]}',
  "{}",
  "[]",
  "null",
  "{",
] as const;
const PAYLOADS = [
  '{"sub":"x","iss":"fracas","exp":99999999999}',
  '{"sub":"x","iss":"fracas","exp":1}',
  '{"sub":1,"exp":"x"}',
  "{}",
  "null",
  '{"__proto__":{"sub":"x"}}',
  "[]",
  "",
] as const;

const TOKENS: Cases<[], string> = {
  forged: {
    weight: 8,
    make: (source) =>
      `${base64url(pick(source, HEADERS))}.${base64url(pick(source, PAYLOADS))}.${random(source, 64)}`,
  },
  shape: {
    weight: 3,
    make: (source) => pick(source, ["", ".", "..", "a.b.c", "....", "a.b.c.d.e", "e30.e30.", "%", "null"]),
  },
  random: { weight: 2, make: (source) => random(source, 3000) },
  bytes: { weight: 1, make: (source) => String.fromCharCode(...randomBytes(source, size(source, 200))) },
};

export const foreignToken = oneOf(TOKENS);
