/** Players with the stock SDK in several rooms, half of them hosted, who play until they leave. */

import { Player } from "./player.ts";
import { eventually } from "./server.ts";

export interface CompanySize {
  /** Rooms; the first half is hosted. */
  readonly rooms: number;
  /** Players in each room. */
  readonly size: number;
}

const FRAME_MS = 16;
/** After this long without a loss, a connection is no longer affected by what happened before. */
const QUIET_MS = 300;
/** The golden ratio in 32 bits: spreads consecutive players over all seeds. */
const SEED_STEP = 0x9e3779b1;

export class Company {
  readonly players: readonly Player[];
  readonly #frames: NodeJS.Timeout;

  /** Public rooms must hold `size` players each. */
  static async gather(origin: string, { rooms, size }: CompanySize, seed: number): Promise<Company> {
    const hostedRooms = Math.ceil(rooms / 2);
    const players: Player[] = [];
    const enter = async (way: Parameters<typeof Player.enter>[2]) => {
      const number = players.length;
      const player = await Player.enter(origin, `Bot ${number}`, way, seed + number * SEED_STEP);
      players.push(player);
      return player;
    };
    try {
      for (let room = 0; room < rooms; room++) {
        const isHosted = room < hostedRooms;
        const first = await enter(isHosted ? { kind: "host", places: size } : { kind: "public" });
        for (let guest = 1; guest < size; guest++)
          await enter(isHosted ? { kind: "guest", code: first.code } : { kind: "public" });
        // Otherwise the room waits for its host, and no match ever ends.
        if (isHosted) await first.start();
      }
    } catch (error) {
      await Promise.all(players.map((player) => player.leave()));
      throw error;
    }
    return new Company(players);
  }

  private constructor(players: readonly Player[]) {
    this.players = players;
    this.#frames = setInterval(() => {
      const nowMs = performance.now();
      for (const player of players) player.frame(nowMs);
    }, FRAME_MS);
  }

  get rooms(): number {
    return new Set(this.players.map(({ code }) => code)).size;
  }

  /** Resolves when everybody is in and has got patches well after `sinceMs`, or after `withinMs`. */
  async allPlay(sinceMs: number, withinMs: number): Promise<boolean> {
    const isSettled = ({ isIn, lastPatchMs }: Player) => isIn && lastPatchMs > sinceMs + QUIET_MS;
    return eventually("all play", withinMs, () => this.players.every(isSettled) || undefined).catch(
      () => false,
    );
  }

  /** Makes everybody's present state the one that their changes() compare with. */
  settle(): void {
    for (const player of this.players) {
      player.settle();
      player.interruptions.length = 0;
    }
  }

  async leave(): Promise<void> {
    clearInterval(this.#frames);
    await Promise.all(this.players.map((player) => player.leave().catch(() => {})));
  }
}
