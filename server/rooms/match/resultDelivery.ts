/** Hands results over to the keeper, and sends its news to the players in the room. */
import type { People } from "#server/rooms/people.ts";
import { progress } from "#server/services/progress.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";

interface OpenRoom {
  readonly people: Pick<People, "seatsBy" | "rated">;
  /** Notes the new level of the person in a seat. */
  levelled(seat: string, level: number): void;
  /** Sends a notice to a seat, if somebody is connected to it. */
  tell(seat: string, notice: Notice): void;
  /** Runs work outside the step, so that its error does not end the step. */
  afterStep(work: () => void): void;
}

export class ResultDelivery {
  /** Cleared when the room ends: a result may be counted hours later, and its callback must not keep the room in memory. */
  readonly #link: { room: OpenRoom | undefined };

  constructor(room: OpenRoom) {
    this.#link = { room };
  }

  keep(result: MatchResult): void {
    this.#link.room?.afterStep(() => this.#keep(result));
  }

  #keep(result: MatchResult): void {
    const link = this.#link;
    const identities = result.players.map(({ identity }) => identity);
    progress().keep(result, (player, news) => {
      const identity = identities[player];
      if (link.room && identity) inform(link.room, identity, news);
    });
  }

  close(): void {
    this.#link.room = undefined;
  }
}

function inform({ people, levelled, tell }: OpenRoom, identity: string, news: ResultNews): void {
  const gain = news.is === "counted" ? news.gain : null;
  for (const seat of people.seatsBy(identity)) {
    if (gain?.points) people.rated(seat, gain.points.mode, gain.points.after);
    if (gain) levelled(seat, gain.level.level);
    tell(seat, { type: "result", news });
  }
}
