/** All light clients of a run: they join, send commands at an even rate, and add up what they received. */
import { WebSocket } from "ws";
import { type Scenario, scriptsOf } from "#loadtest/bench/scenarios/scenario.ts";
import { nameOf, RATES, type Script } from "#loadtest/bench/scenarios/script.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import { sum } from "#shared/figures/stats.ts";
import { openColyseus } from "./colyseus.ts";
import { openFloor } from "./floor.ts";
import { openFracas, openFracasByProxy } from "./fracas.ts";
import type { Line, OpenLine } from "./line.ts";
import { openSocketIo } from "./socketio.ts";
import { Tally } from "./tally.ts";

const OPEN: Readonly<Record<ServerName, OpenLine>> = {
  fracas: openFracas,
  "fracas-unrecorded": openFracas,
  "fracas-proxied": openFracasByProxy,
  colyseus: openColyseus,
  socketio: openSocketIo,
  floor: openFloor,
};

/** Clients that join at the same time. In a fight one after the other, so that each room has the same players everywhere. */
const JOINING: Readonly<Record<Scenario["kind"], number>> = { field: 8, fight: 1 };
/** Clients that decode patches to measure latency, at most; the same number on every server. */
const LOOKING_MAX = 50;
/** The period of the timer that sends the commands that are due. */
const WAKE_MS = 2;

interface Bot {
  readonly line: Line;
  readonly tally: Tally;
  readonly script: Script;
  /** The number of the next command. */
  next: number;
  bytesAtReset: number;
}

/** What all clients counted between `reset` and `count`. */
export interface Count {
  readonly seconds: number;
  readonly bytes: number;
  readonly patches: number;
  readonly commands: number;
  readonly intervalsMs: number[];
  readonly latenciesMs: number[];
  /** Connections that are open at the end. */
  readonly open: number;
  /** CPU of this process, of one core. Near 1, the clients are the bottleneck. */
  readonly cpuShare: number;
}

export class Swarm {
  readonly #bots: Bot[] = [];
  #commands = 0;
  #resetMs = 0;
  #cpuAtReset = process.cpuUsage();

  /** Rejects if the server refuses a client. */
  async join(server: ServerName, port: number, scenario: Scenario): Promise<void> {
    const { kind } = scenario;
    const scripts = scriptsOf(scenario);
    const lookEvery = Math.ceil(scenario.players / LOOKING_MAX);
    let next = 0;
    const joinSome = async () => {
      for (let player = next++; player < scripts.length; player = next++) {
        const script = scripts[player];
        if (!script) continue;
        const line = await OPEN[server]({ port, name: nameOf(player), kind, script });
        const tally = new Tally(line, player % lookEvery === 0);
        this.#bots.push({ line, tally, script, next: 1, bytesAtReset: 0 });
      }
    };
    await Promise.all(Array.from({ length: JOINING[kind] }, joinSome));
  }

  /** From now on every client sends one command a tick; the clients are spread evenly over the tick. */
  start(): void {
    const startMs = performance.now();
    const periodMs = 1000 / RATES.ticksPerSec;
    setInterval(() => {
      const nowMs = performance.now();
      for (const [index, bot] of this.#bots.entries()) {
        const phaseMs = (index / this.#bots.length) * periodMs;
        while (startMs + phaseMs + (bot.next - 1) * periodMs <= nowMs) this.#send(bot);
      }
    }, WAKE_MS);
  }

  reset(): void {
    for (const bot of this.#bots) {
      bot.tally.reset();
      bot.bytesAtReset = bytesReadBy(bot.line.socket);
    }
    this.#commands = 0;
    this.#resetMs = performance.now();
    this.#cpuAtReset = process.cpuUsage();
  }

  count(): Count {
    const seconds = (performance.now() - this.#resetMs) / 1000;
    const { user, system } = process.cpuUsage(this.#cpuAtReset);
    const seen = this.#bots.map(({ tally }) => tally.seen);
    return {
      seconds,
      bytes: sum(this.#bots.map((bot) => bytesReadBy(bot.line.socket) - bot.bytesAtReset)),
      patches: sum(seen.map(({ patches }) => patches)),
      commands: this.#commands,
      intervalsMs: seen.flatMap(({ intervalsMs }) => intervalsMs),
      latenciesMs: seen.flatMap(({ latenciesMs }) => latenciesMs),
      open: this.#bots.filter(({ line }) => line.socket.readyState === WebSocket.OPEN).length,
      cpuShare: (user + system) / 1e6 / seconds,
    };
  }

  #send(bot: Bot): void {
    const { line, tally, script } = bot;
    const number = bot.next++;
    if (line.socket.readyState !== WebSocket.OPEN) return;
    line.socket.send(line.pack(script.command(number)));
    tally.noteSent(number, performance.now());
    this.#commands++;
  }
}

/** Bytes that the connection read from the network, WebSocket framing included. `ws` hides its socket. */
const bytesReadBy = (socket: WebSocket): number =>
  (Reflect.get(socket, "_socket") as { bytesRead: number } | null)?.bytesRead ?? 0;
