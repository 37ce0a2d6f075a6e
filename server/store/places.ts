/** The store's files and folders in DATA_DIR. */
import { join } from "node:path";
import type { StoreAddress } from "./database/database.ts";

export const databaseFile = (dataDir: string): string => join(dataDir, "fracas.db");
export const backupsFolder = (dataDir: string): string => join(dataDir, "backups");
/** Results that are not counted yet (services/results). */
export const outboxFolder = (dataDir: string): string => join(dataDir, "outbox");
/** Finished matches that WEBHOOK_URL has not got yet. */
export const webhookFolder = (dataDir: string): string => join(dataDir, "webhook");

/** Recorded matches (services/replays). */
export const replaysFolder = (dataDir: string): string => join(dataDir, "replays");

/** The last minutes of rooms in which something went wrong (services/incidents). */
export const incidentsFolder = (dataDir: string): string => join(dataDir, "incidents");

/** The folder of files that could not be read, or that were refused, in an outbox's folder. */
export const asideFolder = (folder: string): string => join(folder, "bad");

/** The server of `databaseUrl` if it is set, otherwise the file. */
export const addressOf = (dataDir: string, databaseUrl: string | undefined): StoreAddress =>
  databaseUrl ? { kind: "postgres", url: databaseUrl } : { kind: "sqlite", path: databaseFile(dataDir) };
