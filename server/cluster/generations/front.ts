/** A front process as the primary sees it: gives it orders, and waits for its reports. */

import type { SendHandle } from "node:child_process";
import cluster, { type Worker } from "node:cluster";
import { Socket } from "node:net";
import { handleOf } from "#server/cluster/processes/handOver.ts";
import { PROCESS_NAME } from "#server/log.ts";
import { Children } from "./frontWatch.ts";
import { type Envelope, FRONT, type Order, type Report } from "./generationMessages.ts";

type Kind = Report["report"];
type ReportOf<Name extends Kind> = Extract<Report, { report: Name }>;

export interface FrontStart {
  readonly generation: number;
  readonly hasPredecessor: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** A message for the other front. */
  readonly onRelay: (envelope: Envelope, handle: SendHandle | undefined) => void;
  /** The code on the disk is another one than the front's. */
  readonly onOtherCode: () => void;
}

export class Front {
  readonly generation: number;
  readonly #worker: Worker;
  readonly #reports = new Map<Kind, Report>();
  readonly #waiting = new Set<() => void>();
  /** Why it says that it cannot start. */
  failure: string | undefined;
  /** Resolves to its exit code, or to the signal that ended it. */
  readonly ended: Promise<number | string>;
  isEnded = false;
  /** performance.now(). The primary adds the time in which it could not listen itself. */
  heardAtMs = performance.now();
  readonly children = new Children();
  readonly #onOtherCode: () => void;

  constructor({ generation, hasPredecessor, environment, onRelay, onOtherCode }: FrontStart) {
    this.generation = generation;
    this.#onOtherCode = onOtherCode;
    this.#worker = cluster.fork({
      ...environment,
      [PROCESS_NAME]: generation === 1 ? "front" : `front ${generation}`,
      [FRONT.generation]: String(generation),
      [FRONT.hasPredecessor]: hasPredecessor ? "1" : "",
    });
    this.#worker.on("message", (message: Partial<Report & Envelope>, handle: SendHandle | undefined) => {
      this.heardAtMs = performance.now();
      if (message.relay) onRelay(message as Envelope, handle);
      else if (message.report) this.#note(message as Report);
    });
    this.#worker.on("error", () => {});
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", (code, signal) => {
        // After the messages that it has left in the pipe.
        setImmediate(() => setImmediate(() => resolve(signal ?? code)));
      });
    });
    void this.ended.then((how) => {
      this.isEnded = true;
      // A front that ends in peace has ended them.
      if (how === 0) this.children.know([]);
      this.children.killSoon();
      this.#wake();
    });
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  get isWatched(): boolean {
    return this.has("opened") && !this.isEnded;
  }

  has(kind: Kind): boolean {
    return this.#reports.has(kind);
  }

  order(order: Order): void {
    if (this.#worker.isConnected()) this.#worker.send(order, () => {});
  }

  /** Passes a message on. A socket that cannot be passed is closed, and its client tries again. */
  relay(envelope: Envelope, handle: SendHandle | undefined): void {
    const lost = (error: Error | null) => {
      if (error && handle instanceof Socket) handle.destroy();
    };
    // Data that arrives meanwhile stays in the kernel for the process that gets the socket.
    if (handle instanceof Socket) handleOf(handle)?.readStop?.();
    if (this.#worker.isConnected()) this.#worker.send(envelope, handle as SendHandle, undefined, lost);
    else lost(new Error("the front has ended"));
  }

  /** The next report of a kind; undefined if it ends, fails, or takes longer, or if `stop` resolves. */
  async hears<Name extends Kind>(
    kind: Name,
    withinMs: number,
    stop: Promise<unknown> = new Promise(() => {}),
  ): Promise<ReportOf<Name> | undefined> {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.#wake();
    }, withinMs);
    void stop.then(() => {
      isOver = true;
      this.#wake();
    });
    while (!this.#reports.has(kind) && !isOver && !this.isEnded && this.failure === undefined)
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    clearTimeout(timer);
    return this.#reports.get(kind) as ReportOf<Name> | undefined;
  }

  /** So that the report can be awaited again. */
  forget(kind: Kind): void {
    this.#reports.delete(kind);
  }

  kill(): void {
    this.#worker.process.kill("SIGKILL");
  }

  /** Kills it with its room processes, which must not outlive the primary. */
  killWhole(): void {
    if (!this.isEnded) this.kill();
    this.children.kill();
  }

  #note(report: Report): void {
    if (report.report === "beat") this.children.know(report.children);
    else if (report.report === "otherCode") this.#onOtherCode();
    else if (report.report === "failed") this.failure = report.reason;
    else this.#reports.set(report.report, report);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
