import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

const DEFAULTS = {
  port: 2567,
  host: "0.0.0.0",
  logLevel: "info",
  production: false,
  publicUrl: undefined,
  allowedOrigins: [],
  trustedProxies: [],
  redisUrl: undefined,
  publicAddress: undefined,
  dataDir: "data",
  databaseUrl: undefined,
  openIdIssuer: undefined,
  openIdClientId: undefined,
  openIdClientSecret: undefined,
  openIdName: undefined,
  webhookUrl: undefined,
  webhookSecret: undefined,
  webhookAllowPrivate: false,
  jwtSecret: undefined,
  jwtSecretOld: undefined,
  metricsToken: undefined,
  botToken: undefined,
  adminPassword: undefined,
  drainSeconds: 5,
  matchSeconds: 300,
  scoreLimit: 0,
  roomPlayers: 16,
  maxRooms: 200,
  maxClients: 1000,
  processes: 1,
  roomMap: undefined,
  replaysMaxMb: 1024,
  arenasMaxMb: 256,
  replaysMax: 2000,
  replaysDays: 30,
};

test("[CONFIG-1] an empty environment gives the defaults, and an empty variable counts as unset", () => {
  expect(parseConfig({})).toEqual(DEFAULTS);
  expect(parseConfig({ PORT: "", HOST: " ", LOG_LEVEL: "", ALLOWED_ORIGINS: "", BOT_TOKEN: " " })).toEqual(
    DEFAULTS,
  );
});

test("[CONFIG-2] reads every variable", () => {
  const environment = {
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "debug",
    NODE_ENV: "production",
    PUBLIC_URL: "https://fracas.example",
    ALLOWED_ORIGINS: "https://a.example, https://b.example:8443",
    TRUSTED_PROXIES: "127.0.0.1,10.0.0.0/8 ::1,loopback",
    DATA_DIR: "/var/lib/fracas",
    JWT_SECRET: "j".repeat(32),
    BOT_TOKEN: "b".repeat(16),
    WEBHOOK_URL: "https://discord.com/api/webhooks/1/token",
    WEBHOOK_SECRET: "w".repeat(24),
    WEBHOOK_ALLOW_PRIVATE: "1",
    DRAIN_SECONDS: "0",
    MATCH_SECONDS: "90",
    SCORE_LIMIT: "100",
    ROOM_PLAYERS: "400",
    MAX_ROOMS: "5",
    PROCESSES: "4",
    ROOM_MAP: "foundry",
    REPLAYS_MAX_MB: "0",
    ARENAS_MAX_MB: "64",
    REPLAYS_MAX: "50",
    REPLAYS_DAYS: "7",
  };
  expect(parseConfig(environment)).toEqual({
    ...DEFAULTS,
    port: 0,
    host: "127.0.0.1",
    logLevel: "debug",
    production: true,
    publicUrl: "https://fracas.example",
    allowedOrigins: ["https://a.example", "https://b.example:8443"],
    trustedProxies: ["127.0.0.1", "10.0.0.0/8", "::1", "loopback"],
    dataDir: "/var/lib/fracas",
    jwtSecret: "j".repeat(32),
    webhookUrl: "https://discord.com/api/webhooks/1/token",
    webhookSecret: "w".repeat(24),
    webhookAllowPrivate: true,
    botToken: "b".repeat(16),
    drainSeconds: 0,
    matchSeconds: 90,
    scoreLimit: 100,
    roomPlayers: 400,
    maxRooms: 5,
    processes: 4,
    roomMap: "foundry",
    replaysMaxMb: 0,
    arenasMaxMb: 64,
    replaysMax: 50,
    replaysDays: 7,
  });
});

const PORT_RULE = "a whole number from 0 to 65535 (0 is any free port)";

test.each([
  [{ PORT: "eighty" }, `PORT is "eighty", but allowed is ${PORT_RULE}.`],
  [{ PORT: "65536" }, `PORT is "65536", but allowed is ${PORT_RULE}.`],
  [{ PORT: "-1" }, `PORT is "-1", but allowed is ${PORT_RULE}.`],
  [{ PORT: "2567.5" }, `PORT is "2567.5", but allowed is ${PORT_RULE}.`],
  [
    { HOST: "a b" },
    'HOST is "a b", but allowed is an address or a host name to listen on, such as 127.0.0.1.',
  ],
  [
    { LOG_LEVEL: "loud" },
    'LOG_LEVEL is "loud", but allowed is one of fatal, error, warn, info, debug, trace, silent.',
  ],
  [
    { ALLOWED_ORIGINS: "https://a.example,ftp://b" },
    'ALLOWED_ORIGINS is "https://a.example,ftp://b", but allowed is origins with commas between, such as https://a.example,https://b.example.',
  ],
  [
    { TRUSTED_PROXIES: "10.0.0.0/99" },
    'TRUSTED_PROXIES is "10.0.0.0/99", but allowed is addresses or subnets with commas between, such as 127.0.0.1,10.0.0.0/8.',
  ],
])("[CONFIG-3] %j throws an error of one line that says what is allowed", (environment, line) => {
  expect(() => parseConfig(environment)).toThrow(new Error(line));
});

test("[CONFIG-4] an error names a wrong secret but does not show its value", () => {
  expect(() => parseConfig({ BOT_TOKEN: "hunter2" })).toThrow(
    new Error("BOT_TOKEN is wrong, but allowed is a secret of at least 16 characters."),
  );
});

const OPENID = {
  OPENID_ISSUER: "https://id.example/realm",
  OPENID_CLIENT_ID: "fracas",
  OPENID_CLIENT_SECRET: "hunter2",
  PUBLIC_URL: "https://fracas.example",
};

test("[CONFIG-5] reads an OpenID provider, which needs all of its variables and PUBLIC_URL", () => {
  expect(parseConfig({ ...OPENID, OPENID_NAME: "Example ID" })).toMatchObject({
    openIdIssuer: "https://id.example/realm",
    openIdClientId: "fracas",
    openIdClientSecret: "hunter2",
    openIdName: "Example ID",
  });
  const line = "OPENID_ISSUER, OPENID_CLIENT_ID and OPENID_CLIENT_SECRET need one another, and PUBLIC_URL.";
  for (const name of Object.keys(OPENID))
    expect(() => parseConfig({ ...OPENID, [name]: "" })).toThrow(new Error(line));
});

test.each(["id.example", "http://id.example", "ftp://id.example", "javascript:alert(1)", "https://"])(
  "[CONFIG-6] refuses an OpenID provider that is not on https: %s",
  (issuer) => expect(() => parseConfig({ ...OPENID, OPENID_ISSUER: issuer })).toThrow(/^OPENID_ISSUER is /),
);

test.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"])(
  "[CONFIG-7] accepts an OpenID provider of this machine without TLS: %s",
  (issuer) => expect(parseConfig({ ...OPENID, OPENID_ISSUER: issuer }).openIdIssuer).toBe(issuer),
);

test.each([
  ["m2.fracas.example", "m2.fracas.example"],
  ["fracas.example:8443/m2", "fracas.example:8443/m2"],
  ["https://fracas.example/m2/", "fracas.example/m2"],
  ["ws://[::1]:2567", "[::1]:2567"],
])(
  "[FLEET-1] PUBLIC_ADDRESS is what stands behind the scheme in the SDK's WebSocket URL: %s",
  (given, address) => {
    expect(parseConfig({ PUBLIC_ADDRESS: given }).publicAddress).toBe(address);
  },
);

test.each([
  "fracas.example/m2?x",
  "a b",
  "ftp://fracas.example",
  "fracas.example:port",
  "https://",
  "u:p@host",
])("[FLEET-2] refuses a PUBLIC_ADDRESS that no page could reach: %s", (given) =>
  expect(() => parseConfig({ PUBLIC_ADDRESS: given })).toThrow(/^PUBLIC_ADDRESS is /),
);

test("[FLEET-3] REDIS_URL needs JWT_SECRET, or machines would refuse one another's players", () => {
  const REDIS_URL = "redis://127.0.0.1:6379";
  expect(() => parseConfig({ REDIS_URL })).toThrow(/^REDIS_URL needs JWT_SECRET/);
  expect(parseConfig({ REDIS_URL, JWT_SECRET: "j".repeat(32) }).redisUrl).toBe(REDIS_URL);
});
