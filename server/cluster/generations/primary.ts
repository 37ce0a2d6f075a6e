/**
 * The primary process of a server with several: it forks the front, which has the port, and replaces it by one with newer
 * code on SIGHUP, without a refused connection. It touches no connection itself, and its own code is that of its start.
 */
import cluster from "node:cluster";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LIVED_MS, retryInMs } from "#server/cluster/processes/forked.ts";
import type { ServerConfig } from "#server/config.ts";
import { log, nameProcess } from "#server/log.ts";
import type { Front } from "./front.ts";
import { Fronts } from "./fronts.ts";
import { FrontWatch } from "./frontWatch.ts";
import type { Report } from "./generationMessages.ts";
import { StatusFile } from "./statusFile.ts";
import { Terminal } from "./terminal.ts";

const ENTRY = fileURLToPath(new URL("../../frontProcess.ts", import.meta.url));

/** A busy machine may take this long from the fork to room processes that are up. The old front serves everybody meanwhile. */
const PREPARE_WITHIN_MS = 120_000;
const HOLD_WITHIN_MS = 5_000;
/** The old front first ends requests under way, waiting results and backups. */
const YIELD_WITHIN_MS = 15_000;
/** The new front first migrates the database. */
const OPEN_WITHIN_MS = 60_000;
/** A front may take this long after DRAIN_SECONDS to close rooms and store. */
const END_WITHIN_MS = 6_000;
/** A former front may take this long beyond DRAIN_SECONDS: its rooms wait for people who come, and move a few at a time. */
const FORMER_WITHIN_MS = 30_000;
const ALIVE_MS = 60_000;
/** npm passes Ctrl+C on to a process that the terminal has interrupted already: both count as one signal. */
const SAME_SIGNAL_WITHIN_MS = 500;

/** Resolves to the exit code when all fronts have ended. */
export function runPrimary(config: ServerConfig, jwtSecret: string | undefined): Promise<number> {
  nameProcess("primary");
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: ENTRY,
    args: [],
    serialization: "advanced",
    // A debugger's port can be listened on once.
    execArgv: process.execArgv.filter((flag) => !flag.startsWith("--inspect")),
  });
  return new Primary(config, jwtSecret).run();
}

class Primary {
  readonly #config: ServerConfig;
  readonly #fronts: Fronts;
  /** Fronts in a row that have died, or did not start. */
  #failures = 0;
  #deploysDue = 0;
  readonly #status: StatusFile;
  #formerDue: NodeJS.Timeout | undefined;
  #endingSinceMs: number | undefined;
  readonly #ending = Promise.withResolvers<void>();
  #wake: () => void = () => {};

  constructor(config: ServerConfig, jwtSecret: string | undefined) {
    this.#config = config;
    this.#fronts = new Fronts(config.port, jwtSecret, {
      onEnded: (front, how) => this.#ended(front, how),
      onOtherCode: () => this.#askForDeploy(),
    });
    this.#status = new StatusFile(config.dataDir);
  }

  async run(): Promise<number> {
    this.#obeySignals();
    new FrontWatch(() => this.#fronts.all);
    // Without a front nothing else would keep the process alive.
    const alive = setInterval(() => {}, ALIVE_MS);
    const exitCode = await this.#run();
    clearInterval(alive);
    this.#status.remove();
    return exitCode;
  }

  async #run(): Promise<number> {
    if (!(await this.#start()) && this.#endingSinceMs === undefined) return 1;
    log.level = this.#config.logLevel;
    while (this.#endingSinceMs === undefined) {
      if (!this.#fronts.current) await this.#replaceDead();
      else if (this.#deploysDue > 0 && !this.#fronts.former) await this.#deploy();
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#end();
  }

  /** Starts the first front. Resolves to false if it fails: then the server ends. */
  async #start(): Promise<boolean> {
    const front = await this.#prepare();
    if (front && (await this.#open(front))) return true;
    const failure = this.#fronts.next?.failure ?? front?.failure;
    await this.#fronts.drop(front);
    if (this.#endingSinceMs === undefined) {
      log.level = "fatal";
      log.fatal(failure ?? "the server did not start in time");
    }
    return false;
  }

  /** Starts a front with the code that is on the disk now, and has it take over from the current one. */
  async #deploy(): Promise<void> {
    this.#deploysDue--;
    this.#status.deployBegan();
    log.info("deploy: a new front starts, and takes over when it is ready");
    const next = await this.#prepare();
    if (!next || !(await this.#hold(next))) {
      if (this.#endingSinceMs === undefined) this.#deployFailed(next ?? this.#fronts.next);
      await this.#fronts.drop(next);
      return;
    }
    this.#fronts.succeed(next);
    if (await this.#takeOver(next)) {
      const message = `generation ${next.generation} is open; rooms move to it at the end of their match, within ${this.#config.drainSeconds} s`;
      log.info(`deploy: ${message}`);
      this.#status.deployEnded({ ok: true, message });
      return;
    }
    if (this.#endingSinceMs === undefined) this.#deployFailed(next);
    await this.#fronts.drop(next);
  }

  #deployFailed(front: Front | undefined): void {
    const why = front?.failure ?? "the new front ended or was not ready in time: see its lines above";
    const isOut = front !== undefined && front === this.#fronts.current;
    const message = isOut
      ? `the new front failed after the old one had given up the port (${why}); fronts are started again until one opens: mend the code, or put the old code back. Rooms play on`
      : `the new front did not start (${why}); the old one goes on`;
    log.error(`deploy: ${message}`);
    this.#status.deployEnded({ ok: false, message });
  }

  /** Starts a front in place of one that has died, on the same port, with the rooms of a former generation. */
  async #replaceDead(): Promise<void> {
    await Promise.race([after(retryInMs(this.#failures), undefined, { ref: false }), this.#ending.promise]);
    if (this.#endingSinceMs !== undefined) return;
    this.#failures++;
    const front = await this.#prepare();
    if (front && (await this.#open(front))) return;
    if (this.#endingSinceMs === undefined)
      log.error(
        { reason: (front ?? this.#fronts.next)?.failure },
        "a front could not start: another one is tried",
      );
    await this.#fronts.drop(front);
  }

  /** Forks a front, and waits until its room processes are up. Undefined if it fails; then it stays `next` until it is dropped. */
  async #prepare(): Promise<Front | undefined> {
    const front = this.#fronts.fork();
    if (await front.hears("prepared", PREPARE_WITHIN_MS, this.#ending.promise)) return front;
    front.kill();
    return undefined;
  }

  async #hold(front: Front): Promise<boolean> {
    front.order({ order: "hold" });
    return (await front.hears("held", HOLD_WITHIN_MS, this.#ending.promise)) !== undefined;
  }

  /** Opens a front while none has the port. */
  async #open(front: Front): Promise<boolean> {
    if (!(await this.#hold(front))) return false;
    this.#fronts.promote(front);
    return this.#takeOver(front);
  }

  /** Opens a front that holds. It must succeed, because the former front gives its port up. */
  async #takeOver(front: Front): Promise<boolean> {
    if (this.#fronts.former) {
      this.#fronts.former.forget("yielded");
      this.#fronts.former.order({ order: "yield" });
      const yielded = await this.#fronts.former.hears("yielded", YIELD_WITHIN_MS, this.#ending.promise);
      if (this.#endingSinceMs !== undefined) return false;
      if (!yielded) {
        log.error("the former front does not give up the store: it is ended, and its rooms are opened again");
        this.#fronts.former?.kill();
        await this.#fronts.former?.ended;
      }
    }
    front.order({ order: "open" });
    const opened = await front.hears("opened", OPEN_WITHIN_MS, this.#ending.promise);
    if (opened) this.#opened(front, opened);
    return opened !== undefined;
  }

  #opened(front: Front, { port }: Extract<Report, { report: "opened" }>): void {
    this.#fronts.openPort = port;
    this.#status.opened(front.generation);
    clearTimeout(this.#formerDue);
    const formerWithinMs = this.#config.drainSeconds * 1000 + FORMER_WITHIN_MS;
    if (this.#fronts.former)
      this.#formerDue = setTimeout(() => this.#endFormer(front, this.#fronts.former), formerWithinMs).unref();
    setTimeout(() => {
      if (!front.isEnded) this.#failures = 0;
    }, LIVED_MS).unref();
  }

  /** Its rooms open again from their snapshots, and the next deploy need not wait. */
  #endFormer(current: Front, former: Front | undefined): void {
    if (!former || current.isEnded) return;
    log.error({ generation: former.generation }, "the former generation does not end: it is killed");
    former.kill();
  }

  #ended(front: Front, how: number | string): void {
    const { generation } = front;
    if (front === this.#fronts.former) log.info({ generation }, "the former generation has ended");
    else if (front === this.#fronts.current && this.#endingSinceMs === undefined)
      log.error({ how, generation }, "the front has ended: another one starts");
    this.#wake();
  }

  #obeySignals(): void {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => this.#stop());
    const terminal = new Terminal();
    process.on("SIGHUP", () => {
      if (terminal.hangsUp()) this.#stop();
      else this.#askForDeploy();
    });
  }

  #askForDeploy(): void {
    if (this.#endingSinceMs !== undefined) return;
    if (this.#status.isDeploying || this.#fronts.former)
      log.info("deploy: waits until the former generation has ended");
    this.#deploysDue = 1;
    this.#wake();
  }

  #stop(): void {
    if (this.#endingSinceMs === undefined) {
      this.#endingSinceMs = performance.now();
      this.#ending.resolve();
      this.#wake();
    } else if (performance.now() - this.#endingSinceMs > SAME_SIGNAL_WITHIN_MS) {
      for (const front of this.#fronts.all) front.killWhole();
      process.exit(1);
    }
  }

  /** Drains the front that has the port, and with it the rooms of a former one. Resolves to the exit code. */
  async #end(): Promise<number> {
    this.#fronts.next?.killWhole();
    const [current, former] = [this.#fronts.current, this.#fronts.former];
    const drained = current?.has("opened") ? current : former;
    if (current !== drained) current?.kill();
    drained?.order({ order: "drain" });
    const fronts = [current, former].filter((front) => front !== undefined);
    const allEnded = Promise.all(fronts.map(({ ended }) => ended));
    const late = after(this.#config.drainSeconds * 1000 + END_WITHIN_MS, undefined, { ref: false }).then(
      () => undefined,
    );
    const ended = await Promise.race([allEnded, late]);
    for (const front of fronts) front.killWhole();
    return ended && (await drained?.ended) === 0 ? 0 : 1;
  }
}
