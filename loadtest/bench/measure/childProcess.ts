/** A child process that answers each message with one: asked in turn, and gone when it is closed. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What a child says to whoever asked; Colyseus also talks to PM2 over the same channel, if it is there or not. */
export const answerWith = (answer: object): void => {
  process.send?.({ answer });
};

const isAnswer = (message: unknown): message is { answer: unknown } =>
  typeof message === "object" && message !== null && "answer" in message;

const ERRORS_SHOWN = 2000;

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
      this.#errors = (this.#errors + text).slice(-ERRORS_SHOWN);
    });
  }

  /** Sends, if there is something to send, and waits for the answer. Rejects when the process ends or is too late. */
  ask(order: object | undefined, withinMs: number): Promise<Answer> {
    const answer = this.#next(withinMs);
    // When it cannot be sent any more, the process's end is the answer.
    if (order) this.#process.send(order, () => {});
    return answer;
  }

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
        reject(new Error(`it ended: ${this.#errors.trim() || "without a word"}`));
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`no answer within ${withinMs / 1000} s`));
      }, withinMs);
      this.#process.on("message", onMessage).on("exit", onExit);
    });
  }
}
