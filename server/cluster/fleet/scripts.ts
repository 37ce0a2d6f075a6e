/** The scripts that run inside Redis: each is atomic, and one command on the wire. */
import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { INDICES, KEY, LEASE_PREFIX } from "./keys.ts";

type Argument = string | number;

/** A Lua script. Redis keeps it by its hash, and forgets it when it restarts. */
class Script {
  readonly #lua: string;
  readonly #hash: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#hash = createHash("sha1").update(lua).digest("hex");
  }

  async run(redis: Redis, keys: readonly string[], ...args: readonly Argument[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.#hash, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error as Error).message.startsWith("NOSCRIPT")) throw error;
      return redis.eval(this.#lua, keys.length, ...keys, ...args);
    }
  }
}

/** Defines `ownerOf(code)` for the scripts below: the machine whose row it is, or nil. */
const OWNER_OF = `
local function ownerOf(code)
  local text = redis.call('HGET', KEYS[1], code)
  return text and string.match(text, '^[^\\n]+')
end
`;

const DELETE = `
local function delete(code)
  redis.call('HDEL', KEYS[1], code)
  for i = 4, #KEYS do redis.call('ZREM', KEYS[i], code) end
end
`;

/** KEYS of the scripts that write rows. */
const rowKeys = (machine: string) => [KEY.rooms, KEY.roomsOf(machine), KEY.changes, ...INDICES];

const PUT = new Script(`${OWNER_OF}
-- Two machines may have drawn one code while Redis was away: the first one's room stays the room of that code.
local function isFree(owner)
  if not owner or owner == ARGV[1] then return true end
  local lease = redis.call('GET', ARGV[2] .. owner)
  return not lease or string.find(lease, '"replaced":true', 1, true)
end
local width = #KEYS - 3 + 2
local kept = {}
for at = 3, #ARGV, width do
  local code = ARGV[at]
  if not isFree(ownerOf(code)) then
    table.insert(kept, code)
  else
    redis.call('HSET', KEYS[1], code, ARGV[at + 1])
    redis.call('SADD', KEYS[2], code)
    for i = 4, #KEYS do
      local score = ARGV[at + i - 2]
      if score == '' then redis.call('ZREM', KEYS[i], code) else redis.call('ZADD', KEYS[i], score, code) end
    end
  end
end
if #kept * width < #ARGV - 2 then redis.call('INCR', KEYS[3]) end
return kept
`);

/** `rows`: of each its code, its text and its scores (rowText.ts). Returns the codes that are other machines' rooms. */
export const putRows = async (
  redis: Redis,
  machine: string,
  rows: readonly (readonly string[])[],
): Promise<string[]> =>
  (await PUT.run(redis, rowKeys(machine), machine, LEASE_PREFIX, ...rows.flat())) as string[];

const REMOVE = new Script(`${OWNER_OF}${DELETE}
for at = 4, #ARGV do
  local code = ARGV[at]
  if ownerOf(code) == ARGV[1] then
    delete(code)
    redis.call('SET', ARGV[2] .. code, '1', 'EX', ARGV[3])
  end
  redis.call('SREM', KEYS[2], code)
end
redis.call('INCR', KEYS[3])
`);

/** Links outlive rooms: the codes stay known as rooms' for `forSec` seconds. */
export const removeRows = (redis: Redis, machine: string, codes: readonly string[], forSec: number) =>
  REMOVE.run(redis, rowKeys(machine), machine, KEY.code(""), forSec, ...codes);

const REAP = new Script(`${OWNER_OF}${DELETE}
if redis.call('EXISTS', ARGV[2] .. ARGV[1]) == 1 then return 0 end
local codes = redis.call('SPOP', KEYS[2], ARGV[3])
for _, code in ipairs(codes) do
  if ownerOf(code) == ARGV[1] then delete(code) end
end
if redis.call('SCARD', KEYS[2]) > 0 then return 1 end
redis.call('SREM', ARGV[4], ARGV[1])
redis.call('INCR', KEYS[3])
return 0
`);

/** Removes up to `max` rows of a machine without a lease. Returns whether there are more. */
export const reapRows = async (redis: Redis, machine: string, max: number): Promise<boolean> =>
  (await REAP.run(redis, rowKeys(machine), machine, LEASE_PREFIX, max, KEY.machines)) === 1;

const RENEW = new Script(`
local was = redis.call('EXISTS', KEYS[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', KEYS[2], ARGV[1])
local ids = redis.call('SMEMBERS', KEYS[2])
local keys = {}
for i, id in ipairs(ids) do keys[i] = ARGV[4] .. id end
return { was, redis.call('GET', KEYS[3]) or '0', ids, redis.call('MGET', unpack(keys)) }
`);

export interface Renewed {
  /** Whether the lease was still there. */
  readonly wasIn: boolean;
  readonly changes: string;
  /** By the ids of all machines that have rooms in the tables: the text of the lease; null if it has expired. */
  readonly leases: ReadonlyMap<string, string | null>;
}

export async function renewLease(
  redis: Redis,
  machine: string,
  text: string,
  leaseMs: number,
): Promise<Renewed> {
  const keys = [KEY.lease(machine), KEY.machines, KEY.changes];
  const answer = await RENEW.run(redis, keys, machine, text, leaseMs, LEASE_PREFIX);
  const [was, changes, ids, texts] = answer as [number, string, string[], (string | null)[]];
  return { wasIn: was === 1, changes, leases: new Map(ids.map((id, at) => [id, texts[at] ?? null])) };
}

const PAGE = new Script(`
local max, scanned = tonumber(ARGV[1]), tonumber(ARGV[2])
local isWanted = {}
for at = 3, #ARGV do isWanted[ARGV[at]] = true end
local found = {}
for from = 0, scanned - 1, max do
  local codes = redis.call('ZREVRANGE', KEYS[1], from, from + max - 1)
  if #codes == 0 then return found end
  for _, text in ipairs(redis.call('HMGET', KEYS[2], unpack(codes))) do
    if text and isWanted[string.match(text, '^[^\\n]+')] then
      table.insert(found, text)
      if #found == max then return found end
    end
  end
end
return found
`);

/** Rows that one script reads at most: Redis serves nobody meanwhile. */
const SCANNED_MAX = 2_000;

/** The rows of these machines with the highest scores in an index, highest first. */
export const pageOf = async (
  redis: Redis,
  index: string,
  max: number,
  machines: readonly string[],
): Promise<string[]> =>
  (await PAGE.run(redis, [index, KEY.rooms], max, SCANNED_MAX, ...machines)) as string[];

const DRAW = new Script(`
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
return redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[2]) and 1 or 0
`);

/** False if the code was a room's in the last `forSec` seconds, or is one. */
export const drawCode = async (redis: Redis, code: string, forSec: number): Promise<boolean> =>
  (await DRAW.run(redis, [KEY.code(code), KEY.rooms], code, forSec)) === 1;

const REMEMBER = new Script(`
for i = 1, #KEYS do redis.call('SET', KEYS[i], '1', 'NX', 'EX', ARGV[1]) end
`);

/** Notes codes that were drawn before. */
export const rememberCodes = (redis: Redis, codes: readonly string[], forSec: number) =>
  REMEMBER.run(redis, codes.map(KEY.code), forSec);
