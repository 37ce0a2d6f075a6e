/** Colyseus as its tutorial shows it: a map of players that every client gets whole, and messages for input. */
import { type Client, defineRoom, defineServer, Room } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { playerCalled, RATES, type Scenario } from "#loadtest/bench/scenario.ts";
import type { Command } from "#shared/schema/input.ts";
import { type Body, Field } from "./field.ts";
import { TUTORIAL_ROOM } from "./names.ts";
import { Player, TutorialState } from "./tutorialState.ts";

const tutorialRoom = (scenario: Scenario) =>
  class TutorialRoom extends Room<{ state: TutorialState }> {
    override state = new TutorialState();
    override patchRate = 1000 / RATES.patchesPerSec;
    readonly #field = new Field(scenario);
    readonly #bodies = new Map<string, Body>();

    override onCreate(): void {
      this.onMessage("command", (client: Client, command: Command) => {
        this.#bodies.get(client.sessionId)?.queue.push(command);
      });
      this.setFixedTimestep(() => this.#step(), RATES.ticksPerSec);
    }

    override onJoin({ sessionId }: Client, { name }: { name: string }): void {
      const body = this.#field.add(playerCalled(name));
      this.#bodies.set(sessionId, body);
      this.state.players.set(sessionId, new Player({ x: body.x, y: body.y, aim: body.aim }));
    }

    override onLeave({ sessionId }: Client): void {
      const body = this.#bodies.get(sessionId);
      if (body) this.#field.remove(body);
      this.#bodies.delete(sessionId);
      this.state.players.delete(sessionId);
    }

    #step(): void {
      this.#field.step();
      for (const [sessionId, { x, y, aim }] of this.#bodies) {
        const player = this.state.players.get(sessionId);
        if (!player) continue;
        player.x = x;
        player.y = y;
        player.aim = aim;
      }
    }
  };

/** Resolves with the port on loopback. */
export async function startColyseus(scenario: Scenario): Promise<number> {
  const transport = new WebSocketTransport();
  const server = defineServer({
    rooms: { [TUTORIAL_ROOM]: defineRoom(tutorialRoom(scenario)) },
    transport,
    greet: false,
  });
  await server.listen(0, "127.0.0.1");
  const address = transport.server?.address();
  if (typeof address !== "object" || !address) throw new Error("the tutorial's server has no port");
  return address.port;
}
