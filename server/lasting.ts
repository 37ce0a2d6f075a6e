/** Composes what outlives the process: the store, the keeper of results, and the webhook. */
import type { ServerConfig } from "./config.ts";
import { log } from "./log.ts";
import { scheduleIdentitySweep } from "./services/accounts/identitySweep.ts";
import { arenaLimits, filesInMemory, storedFiles } from "./services/arenas/arenaFiles.ts";
import { scheduleArenaSweep } from "./services/arenas/arenaSweep.ts";
import { provideArenas } from "./services/arenas/arenas.ts";
import { KeptArenas } from "./services/arenas/keptArenas.ts";
import { scheduleDraftSweep } from "./services/drafts/draftSweep.ts";
import { provideDrafts } from "./services/drafts/drafts.ts";
import { createDrafts } from "./services/drafts/storedDrafts.ts";
import { scheduleForgetting } from "./services/forgetting.ts";
import { keepIncidents } from "./services/incidents/incidentFiles.ts";
import { exposeGauge } from "./services/metrics.ts";
import { scheduleBackups } from "./services/nightlyBackup.ts";
import { createProgress, provideProgress } from "./services/progress.ts";
import { recordTo, replaysWritten } from "./services/replays/replays.ts";
import { Shelf } from "./services/replays/shelf.ts";
import { ReplaySweep, type ShelfSums, scheduleReplaySweep } from "./services/replays/sweep.ts";
import { ResultKeeper } from "./services/results/resultKeeper.ts";
import { Webhook } from "./services/results/webhook.ts";
import { addressOf, outboxFolder, replaysFolder, webhookFolder } from "./store/places.ts";
import { openStore, type Store, StoreAwayError, StoreUnusableError } from "./store/store.ts";

export interface Lasting {
  readonly store: Store;
  /** Undefined if DATA_DIR cannot be written: the game runs, but nothing lasts. */
  readonly keeper: ResultKeeper | undefined;
  readonly shelf: Shelf;
  readonly arenas: KeptArenas;
  replaySums(): ShelfSums;
  /** Counts waiting results within seconds, then closes webhook and store. */
  close(): Promise<void>;
}

/** Throws an Error with a line for the operator if the database must not be used. */
export async function openLasting(config: ServerConfig): Promise<Lasting> {
  const store = await storeOf(config);
  const shelf = new Shelf(replaysFolder(config.dataDir));
  const replaySweep = replaySweepOf(config);
  const replaySums = () => replaySweep.sums;
  const limits = arenaLimits(config);
  const arenas = new KeptArenas(store ? storedFiles(store, limits) : filesInMemory(limits));
  provideArenas(arenas);
  const closeArenas = () => {
    provideArenas();
    arenas.close();
  };
  if (!store) {
    provideDrafts(undefined);
    const close = async () => {
      closeArenas();
      provideProgress();
    };
    return { store: NOTHING_LASTS, keeper: undefined, shelf, arenas, replaySums, close };
  }
  recordTo(config);
  keepIncidents(config);
  const sweeps = [
    scheduleForgetting(store),
    scheduleIdentitySweep(store),
    scheduleDraftSweep(store),
    scheduleArenaSweep(store),
  ];
  const replays = scheduleReplaySweep(replaySweep);
  const backups = config.databaseUrl ? undefined : scheduleBackups(config.dataDir);
  const webhook = webhookOf(config, store);
  const keeper = new ResultKeeper(store, outboxFolder(config.dataDir), async (result) =>
    webhook?.queue(result),
  );
  provideProgress(createProgress(store, keeper));
  provideDrafts(createDrafts(store, limits.maxBytes));
  return {
    store,
    keeper,
    shelf,
    arenas,
    replaySums,
    async close() {
      closeArenas();
      await replaysWritten();
      await replays.close();
      for (const sweep of sweeps) sweep.close();
      await keeper.close();
      await webhook?.close();
      await backups?.close();
      await store.close();
    },
  };
}

/** Undefined if DATA_DIR cannot be written. */
async function storeOf({ databaseUrl, dataDir }: ServerConfig): Promise<Store | undefined> {
  try {
    return await openStore(addressOf(dataDir, databaseUrl));
  } catch (error) {
    if (!(error instanceof StoreUnusableError)) throw error;
    log.warn({ reason: error.message }, "nothing lasts beyond this run: DATA_DIR cannot be written");
    return undefined;
  }
}

const replaySweepOf = ({ dataDir, replaysMax, replaysDays, replaysMaxMb }: ServerConfig): ReplaySweep =>
  new ReplaySweep(replaysFolder(dataDir), {
    count: replaysMax,
    ageMs: replaysDays * 24 * 3_600_000,
    bytes: replaysMaxMb * 1024 * 1024,
  });

const NOTHING_LASTS: Store = {
  ask: () => Promise.reject(new StoreAwayError("nothing lasts on this server")),
  isAway: true,
  close: async () => {},
};

function webhookOf(config: ServerConfig, store: Store): Webhook | undefined {
  const { webhookUrl: url, webhookSecret: secret, webhookAllowPrivate: allowPrivate, publicUrl } = config;
  if (!url) return undefined;
  return new Webhook({ url, secret, allowPrivate, publicUrl }, store, webhookFolder(config.dataDir));
}

export function exposeLastingGauges({ keeper, replaySums }: Lasting): void {
  exposeGauge("fracas_replays", "Replays on this machine, at the last sweep.", () => replaySums().count);
  exposeGauge(
    "fracas_replays_bytes",
    "Size of the replays on this machine and of those that are being written, at the last sweep.",
    () => replaySums().bytes,
  );
  exposeGauge("fracas_store_away", "1 while the store does not take results, otherwise 0.", () =>
    keeper && keeper.awaySec === undefined ? 0 : 1,
  );
  exposeGauge(
    "fracas_results_waiting",
    "Finished matches that the store has not counted yet.",
    () => keeper?.waitingCount ?? 0,
  );
  exposeGauge(
    "fracas_results_set_aside",
    "Files in DATA_DIR/outbox/bad: results that cannot be counted.",
    () => keeper?.asideCount ?? 0,
  );
}
