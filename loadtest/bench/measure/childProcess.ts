/** A child process that answers each message with one message, and its side of that protocol. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** For the child. Wrapped, because Colyseus also sends messages (to PM2) over the same channel. */
export const answerWith = (answer: object): void => {
  process.send?.({ answer });
};

const isAnswer = (message: unknown): message is { answer: unknown } =>
  typeof message === "object" && message !== null && "answer" in message;

const STDERR_CHARS = 2000;

export class Child<Answer> {
  readonly #process: ChildProcess;
  #errors = "";

  constructor(module: URL, args: readonly string[] = [], execArgv: readonly string[] = []) {
    this.#process = fork(module, args, {
      execArgv: [...execArgv],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.#process.stderr?.on("data", (text) => {
      this.#errors = (this.#errors + text).slice(-STDERR_CHARS);
    });
  }

  /** Sends the order, if any, and resolves with the next answer. Rejects if the process ends or is late. */
  ask(order: object | undefined, withinMs: number): Promise<Answer> {
    const answer = this.#next(withinMs);
    // If it cannot be sent, the process has ended, which rejects the answer.
    if (order) this.#process.send(order, () => {});
    return answer;
  }

  /** Resolves when the process is gone: it exits on disconnect, or is killed after 5 s. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, "exit");
    if (this.#process.connected) this.#process.disconnect();
    const killing = setTimeout(() => this.#process.kill("SIGKILL"), 5000);
    await exit;
    clearTimeout(killing);
  }

  #next(withinMs: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.#process.off("message", onMessage).off("exit", onExit);
      };
      const onMessage = (message: unknown) => {
        if (!isAnswer(message)) return;
        finish();
        resolve(message.answer as Answer);
      };
      const onExit = () => {
        finish();
        reject(new Error(`the process ended: ${this.#errors.trim() || "nothing on stderr"}`));
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`no answer within ${withinMs / 1000} s`));
      }, withinMs);
      this.#process.on("message", onMessage).on("exit", onExit);
    });
  }
}
