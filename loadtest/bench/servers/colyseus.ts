/** Colyseus as its tutorial shows it: maps that every client of a room gets whole, and messages for input. */
import { type Client, defineRoom, defineServer, Room } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { roomSizeOf, type Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { playerCalled, RATES } from "#loadtest/bench/scenarios/script.ts";
import type { Command } from "#shared/schema/input.ts";
import type { CommandQueue } from "./commandQueue.ts";
import type { Fought } from "./fight/fightWatch.ts";
import { TUTORIAL_ROOM } from "./names.ts";
import { type Mirror, mirrorOf } from "./tutorialMirror.ts";
import { openWorld } from "./world.ts";

function tutorialRoom(scenario: Scenario, fought: Fought) {
  let rooms = 0;
  return class TutorialRoom extends Room<{ state: Mirror["state"] }> {
    override patchRate = 1000 / RATES.patchesPerSec;
    override maxClients = roomSizeOf(scenario);
    readonly #world = openWorld(scenario, rooms++, fought);
    readonly #mirror = mirrorOf(this.#world);
    override state = this.#mirror.state;
    readonly #queues = new Map<string, CommandQueue>();

    override onCreate(): void {
      this.onMessage("command", ({ sessionId }: Client, command: Command) => {
        this.#queues.get(sessionId)?.push(command);
      });
      this.setFixedTimestep(() => {
        this.#world.step();
        this.#mirror.copy();
      }, RATES.ticksPerSec);
    }

    override onJoin({ sessionId }: Client, { name }: { name: string }): void {
      this.#queues.set(sessionId, this.#world.add(playerCalled(name), sessionId).queue);
      this.#mirror.copy();
    }

    override onLeave({ sessionId }: Client): void {
      this.#queues.delete(sessionId);
      this.#world.remove(sessionId);
      this.#mirror.copy();
    }
  };
}

/** Resolves with the port on loopback. */
export async function startColyseus(scenario: Scenario, fought: Fought): Promise<number> {
  const transport = new WebSocketTransport();
  const server = defineServer({
    rooms: { [TUTORIAL_ROOM]: defineRoom(tutorialRoom(scenario, fought)) },
    transport,
    greet: false,
  });
  await server.listen(0, "127.0.0.1");
  const address = transport.server?.address();
  if (typeof address !== "object" || !address) throw new Error("the tutorial's server has no port");
  return address.port;
}
