/** Requests to what lasts: accounts, signing in, profiles, matches and leaderboards; valid ones with something spoilt. */
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { type Cases, happens, oneOf, pick, type Random, repeat, size } from "./chance.ts";
import { type RequestParts, requestText } from "./requestText.ts";
import { dearText } from "./texts.ts";
import { foreignToken } from "./tokens.ts";

/** Texts for names, ids and codes: SQL, look-alikes, reserved and invisible ones, and ones that mean something to code. */
export const ODD_TEXTS = [
  "Robert'); DROP TABLE player;--",
  "' OR 1=1 --",
  '" UNION SELECT sub FROM identity --',
  "1; PRAGMA journal_mode=DELETE",
  "$1",
  "?",
  "%",
  "_",
  "\\",
  "Ann",
  "АNN",
  "Ａｎｎ",
  "An\u200bn",
  "\u202ennA",
  "Admin",
  "deleted player",
  "\0",
  "Ann\0",
  "\ud800",
  "__proto__",
  "constructor",
  "toString",
  "../../package.json",
  "<img src=x onerror=alert(1)>",
  "{{7*7}}",
  "",
  " ",
] as const;

/** Ids and codes that are well-formed, and nobody's: others' passkeys, flows that are over, codes that are spent. */
const IDS = [
  "0190d5d0-0000-7000-8000-000000000000",
  "00000000-0000-0000-0000-000000000000",
  "0190D5D0-0000-7000-8000-000000000000",
  "ABCD2345",
  "ABCD-2345",
  "AAAAAAAAAAAAAAAAAAAAAA",
  "9007199254740993",
  "-1",
  "1e9",
] as const;

const anyText = (random: Random): string =>
  happens(random, 0.1) ? dearText(random, 3000) : pick(random, [...ODD_TEXTS, ...IDS]);

/** An answer of an authenticator whose parts are well-formed: {"type":"webauthn.get","challenge":"AAAA",…}. */
const CLIENT_DATA =
  "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3QifQ";
const CREDENTIAL = {
  id: "AAAAAAAAAAAAAAAAAAAAAA",
  rawId: "AAAAAAAAAAAAAAAAAAAAAA",
  type: "public-key",
  clientExtensionResults: {},
  response: {
    clientDataJSON: CLIENT_DATA,
    attestationObject: "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVgA",
    authenticatorData: "AAAA",
    signature: "AAAA",
    userHandle: "AAAA",
    transports: ["internal"],
  },
};

/** Nobody's draft. */
const DRAFT = { id: "000000000000" };

/** Bodies of the right shape; null: the route takes none. */
const BODIES: Readonly<Record<string, object | null>> = {
  [ROUTE.look]: { look: 0 },
  [ROUTE.accountName]: { name: "Ann" },
  [ROUTE.passkeyOptions]: null,
  [ROUTE.passkeys]: { response: CREDENTIAL },
  [ROUTE.credentialRemove]: { id: CREDENTIAL.id },
  [ROUTE.transfer]: null,
  [ROUTE.signOut]: { everywhere: true },
  [ROUTE.accountDelete]: { name: "Ann" },
  [ROUTE.signInOptions]: null,
  [ROUTE.signIn]: { flow: "0190d5d0-0000-7000-8000-000000000000", response: CREDENTIAL },
  [ROUTE.signInTransfer]: { code: "ABCD2345" },
  [ROUTE.signInOpenId]: { link: true },
  [ROUTE.signInTicket]: { ticket: "AAAAAAAAAAAAAAAAAAAAAA" },
  [ROUTE.drafts]: { title: "Quarry", theme: "foundry", columns: 24, rows: 16 },
  [pathTo(ROUTE.publish, DRAFT)]: { version: 1 },
  [pathTo(ROUTE.rate, DRAFT)]: { stars: 5 },
};
const POSTED = Object.keys(BODIES);
/** After these a visitor has another identity: the run's only guest must not ask for them. */
const ENDING: readonly string[] = [ROUTE.signOut, ROUTE.accountDelete];

const ODD_VALUES = [null, true, 0, -1, 1.5, 1e300, [], [[]], {}, { $ne: null }, { toString: 1 }] as const;

const oddValue = (random: Random): unknown =>
  happens(random, 0.5) ? anyText(random) : pick(random, ODD_VALUES);

/** The value with one part of it, at any depth, replaced, left out or added. */
export function spoilt(random: Random, value: unknown): unknown {
  if (typeof value !== "object" || value === null || happens(random, 0.15)) return oddValue(random);
  const keys = Object.keys(value);
  if (keys.length === 0 || happens(random, 0.1)) return { ...value, [anyText(random)]: oddValue(random) };
  const key = pick(random, keys);
  const { [key]: part, ...others } = value as Record<string, unknown>;
  return happens(random, 0.1) ? others : { ...others, [key]: spoilt(random, part) };
}

const GUEST = ["Authorization", "Bearer {guest}"] as const;

const headersFor = (random: Random, path: string): NonNullable<RequestParts["headers"]> => [
  ["Host", "{host}"],
  ["Origin", happens(random, 0.95) ? "{origin}" : "http://evil.invalid"],
  ...(happens(random, 0.1)
    ? ([["Authorization", `Bearer ${foreignToken(random)}`]] as const)
    : happens(random, 0.1) || ENDING.includes(path)
      ? []
      : [GUEST]),
];

const inUtf8 = (value: unknown) => Buffer.from(JSON.stringify(value) ?? "").toString("latin1");

function change(random: Random): RequestParts {
  const path = pick(random, POSTED);
  const sample: unknown = BODIES[path];
  const body =
    sample === null && happens(random, 0.8)
      ? ""
      : inUtf8(happens(random, 0.15) ? sample : spoilt(random, sample));
  const headers = [...headersFor(random, path), ["Content-Type", "application/json"] as const];
  return { method: "POST", path, headers, body };
}

/** Tests what anybody may read, and what only its owner may. */
const READ = [
  ...[ROUTE.me, ROUTE.accountData, ROUTE.leaderboard, ROUTE.matches, ROUTE.match, ROUTE.player],
  ...[
    ROUTE.playerPage,
    ROUTE.matchPage,
    ROUTE.careerPage,
    ROUTE.leaderboardPage,
    ROUTE.playerCard,
    ROUTE.matchCard,
    ROUTE.arenaCard,
  ],
  ...[ROUTE.gallery, ROUTE.published, ROUTE.drafts, ROUTE.draft, ROUTE.arenaPage, ROUTE.editPage],
  ROUTE.openIdCallback,
] as const;

const QUERY_NAMES = [
  "mode",
  "span",
  "at",
  "limit",
  "before",
  "search",
  "sort",
  "page",
  "key",
  "state",
  "code",
  "error",
  "iss",
  "__proto__",
] as const;
const QUERY_VALUES = [
  ...[
    "deathmatch",
    "captureTheFlag",
    "season",
    "week",
    "2026-4",
    "2026-11-23",
    "9999-4",
    "2026-5",
    "0",
    "50",
  ],
  ...["-1", "1e3", "999999999999999999999", "NaN", "2026-11-24", "0000-01-01", "275760-09-13"],
] as const;

function query(random: Random): string {
  const pairs = repeat(size(random, 5), () => {
    const value = happens(random, 0.7) ? pick(random, QUERY_VALUES) : anyText(random);
    const suffix = happens(random, 0.1) ? pick(random, ["[]", "[a]", "[__proto__]"]) : "";
    return `${pick(random, QUERY_NAMES)}${suffix}=${encoded(value)}`;
  });
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** As UTF-8; a lone surrogate, which has none, as the character that stands for it. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

function read(random: Random): RequestParts {
  const text = anyText(random).toWellFormed();
  const path = pathTo(pick(random, READ), { name: text, id: text });
  const valid = [
    `/api/leaderboard?mode=deathmatch&span=${pick(random, ["season", "week"])}`,
    "/api/matches?limit=50",
  ];
  const headers = [
    ...headersFor(random, path),
    ...(happens(random, 0.1) ? [["If-None-Match", anyTag(random)] as const] : []),
  ];
  return { path: happens(random, 0.15) ? pick(random, valid) : path + query(random), headers };
}

const anyTag = (random: Random) => pick(random, ["*", '""', 'W/"x"', '"', ",".repeat(400)]);

const LASTING: Cases<[], string> = {
  change: { weight: 3, make: (random) => requestText(change(random)) },
  read: { weight: 3, make: (random) => requestText(read(random)) },
  method: {
    weight: 1,
    make: (random) =>
      requestText({ ...read(random), method: pick(random, ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"]) }),
  },
};

export const lastingRequest = oneOf(LASTING);
