/** npm run store: backs the database up, restores it and checks it, for operators. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { ConfigError, parseConfig } from "#server/config.ts";
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import { addressOf, asideFolder, backupsFolder, outboxFolder, webhookFolder } from "#server/store/places.ts";
import { backUp } from "./backup.ts";
import { integrityFaults, whyForeign } from "./integrity.ts";
import { restore } from "./restore.ts";
import { SUM_CHECKS, sumFaults } from "./sumChecks.ts";

const USAGE = `npm run store -- COMMAND

  backup         copies the database to DATA_DIR/backups; a server may use it meanwhile
  restore FILE   replaces the database by a backup, and keeps the replaced one aside; stop the server first
  check          reads the whole database and says what is wrong with it; a server may use it meanwhile

DATA_DIR and DATABASE_URL are those of the server. Exit code 0: done, or nothing is wrong; 1: failed, or something is
wrong; 2: the command is wrong.`;

/** PostgreSQL reads whole tables for a check. */
const PATIENCE_MS = 30 * 60_000;

/** Ends the command with a line and an exit code. */
class Stop extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

interface Place {
  dataDir: string;
  address: StoreAddress;
}

const say = (label: string, text: string) => console.log(`${label.padEnd(14)}${text}`);
const megabytes = (path: string) => `${(statSync(path).size / 1e6).toFixed(1)} MB`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof Stop ? error.code : error instanceof ConfigError ? 2 : 1;
}

async function run([command, ...words]: string[]): Promise<void> {
  const { dataDir, databaseUrl } = parseConfig(process.env);
  const place = { dataDir, address: addressOf(dataDir, databaseUrl) };
  if (command === "backup" && words.length === 0) return runBackup(place);
  if (command === "restore" && words[0] !== undefined && words.length === 1)
    return runRestore(place, words[0]);
  if (command === "check" && words.length === 0) return runCheck(place);
  if (command === "--help" || command === undefined) return console.log(USAGE);
  throw new Stop(USAGE, 2);
}

/** The path of the SQLite file. Throws Stop if the database is a PostgreSQL server. */
function fileOf({ address }: Place, instead: string): string {
  if (address.kind === "sqlite") return address.path;
  throw new Stop(
    `DATABASE_URL is set, so the database is a PostgreSQL server: use ${instead} (docs/storing.md).`,
  );
}

function mustExist(path: string): void {
  if (!existsSync(path))
    throw new Stop(`${path} does not exist: DATA_DIR is another folder, or no server has run.`);
}

async function runBackup(place: Place): Promise<void> {
  const path = fileOf(place, "pg_dump");
  mustExist(path);
  const made = await backUp(path, backupsFolder(place.dataDir));
  say("backup", `${made}, ${megabytes(made)}, checked`);
}

function runRestore(place: Place, backup: string): void {
  const path = fileOf(place, "pg_restore");
  const aside = restore(backup, path);
  say("restored", `${path}, ${megabytes(path)}, from ${backup}`);
  if (aside) say("kept aside", aside);
}

async function runCheck(place: Place): Promise<void> {
  const { address, dataDir } = place;
  const faults = address.kind === "sqlite" ? checkFile(address.path) : [];
  if (faults.length === 0) faults.push(...(await checkSums(address)));
  say("outbox", `${countFiles(outboxFolder(dataDir))} results wait to be counted`);
  faults.push(...asideFaults(dataDir));
  if (faults.length > 0) throw new Stop(faults.map((fault) => `FAULT         ${fault}`).join("\n"));
}

function checkFile(path: string): string[] {
  mustExist(path);
  say("database", `${path}, ${megabytes(path)}`);
  const file = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const faults = integrityFaults(file);
    const why = faults.length === 0 ? whyForeign(file) : undefined;
    if (why) throw new Stop(`${path}: ${why}`);
    say("file", faults.length === 0 ? "ok: pages, indexes and references" : "damaged");
    return faults;
  } finally {
    file.close();
  }
}

async function checkSums(address: StoreAddress): Promise<string[]> {
  const database = openDatabase(address, PATIENCE_MS);
  try {
    const faults = await sumFaults(database.db);
    say("sums", `${SUM_CHECKS - faults.length} of ${SUM_CHECKS} agree with the matches`);
    return faults;
  } finally {
    await database.close();
  }
}

/** Files that were set aside for an operator. */
function asideFaults(dataDir: string): string[] {
  const [results, deliveries] = [asideFolder(outboxFolder(dataDir)), asideFolder(webhookFolder(dataDir))];
  return [
    { count: countFiles(results), what: `results in ${results} are damaged, or the store refused them` },
    {
      count: countFiles(deliveries),
      what: `finished matches in ${deliveries} are damaged, or WEBHOOK_URL refused them`,
    },
  ].flatMap(({ count, what }) => (count > 0 ? [`${count} ${what}`] : []));
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => name.endsWith(".json")).length;
}
