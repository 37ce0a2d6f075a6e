/**
 * Writes incidents to DATA_DIR/incidents, off the tick, and keeps the newest. Without keepIncidents they are written
 * nowhere. Their content is the rooms' own (rooms/flight/incident.ts).
 */
import { mkdir, readdir, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { log } from "#server/log.ts";
import { isLogDue } from "#server/logOnce.ts";
import { countUp } from "#server/services/metrics.ts";
import { incidentsFolder } from "#server/store/places.ts";

const gzip = promisify(gzipWithCallback);

export const INCIDENTS_MAX = 100;
const INCIDENTS_MAX_BYTES = 64 * 1024 * 1024;
/** Pages ask for these: they must not displace the others. */
const DRIFT_MAX = 20;
const DRIFT_MAX_BYTES = 16 * 1024 * 1024;
/** Each holds a flight in memory until it is written: more are dropped, as while the disk hangs. */
const WAITING_MAX = 8;

/** Time, room, kind. Names sort by age. */
const FILE = /^\d{8}T\d{9}Z-[\w-]{1,64}-([a-z]+)\.incident$/;

const counts = { written: 0, failed: 0 };
countUp(
  "fracas_incidents_total",
  "Incidents that rooms have written to DATA_DIR/incidents.",
  () => counts.written,
);
countUp("fracas_incidents_failed_total", "Incidents that could not be written.", () => counts.failed);

let folder: string | undefined;

/** Rooms are created by Colyseus, which hands them nothing. Called once when the process starts. */
export function keepIncidents({ dataDir }: { readonly dataDir: string }): void {
  folder = incidentsFolder(dataDir);
}

/** The files of incidents in DATA_DIR, newest first. */
export async function incidentsIn(dataDir: string): Promise<string[]> {
  const from = incidentsFolder(dataDir);
  const names = await newestFirst(from).catch(() => []);
  return names.map((name) => join(from, name));
}

async function newestFirst(from: string): Promise<string[]> {
  const names = await readdir(from);
  return names
    .filter((name) => FILE.test(name))
    .sort()
    .reverse();
}

/** One after the other: each sweep sees the file before it. */
let work: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Resolves with the path; undefined if it is kept nowhere or could not be written. Never rejects. */
export function writeIncident(
  kind: string,
  room: string,
  content: () => Promise<object>,
): Promise<string | undefined> {
  const into = folder;
  if (into === undefined) return Promise.resolve(undefined);
  if (waiting >= WAITING_MAX) {
    counts.failed++;
    if (isLogDue("incident", "waiting")) log.error("an incident is not written: too many wait for the disk");
    return Promise.resolve(undefined);
  }
  const at = new Date().toISOString().replace(/[-:.]/g, "");
  const path = join(into, `${at}-${room}-${kind}.incident`);
  waiting++;
  const written = work.then(() => put(into, path, content));
  work = written.then(() => waiting--);
  return written;
}

async function put(into: string, path: string, content: () => Promise<object>): Promise<string | undefined> {
  try {
    const packed = await gzip(JSON.stringify(await content()));
    await mkdir(into, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.part`, packed, { mode: 0o600 });
    await rename(`${path}.part`, path);
    await sweep(into);
    counts.written++;
    log.warn({ bytes: packed.length }, `an incident was written: npm run rerun -- ${path}`);
    return path;
  } catch (error) {
    counts.failed++;
    log.error({ err: error }, "an incident could not be written; the room goes on");
    await unlink(`${path}.part`).catch(() => {});
    return undefined;
  }
}

/** Deletes the oldest beyond the bounds. */
async function sweep(from: string): Promise<void> {
  const names = await newestFirst(from);
  const all = { count: 0, bytes: 0 };
  const drifts = { count: 0, bytes: 0 };
  for (const name of names) {
    const path = join(from, name);
    // Another process may delete it at this moment, too.
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    const isDrift = FILE.exec(name)?.[1] === "drift";
    const fits =
      all.count < INCIDENTS_MAX &&
      all.bytes + size <= INCIDENTS_MAX_BYTES &&
      (!isDrift || (drifts.count < DRIFT_MAX && drifts.bytes + size <= DRIFT_MAX_BYTES));
    if (!fits) {
      await rm(path, { force: true });
      continue;
    }
    for (const sums of isDrift ? [all, drifts] : [all]) {
      sums.count++;
      sums.bytes += size;
    }
  }
}
