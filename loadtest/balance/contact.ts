/** Measures how soon a lone newcomer to a public room meets somebody, by map and mode. */

import { percent, textTable } from "#loadtest/lib/text.ts";
import { companyOf } from "#shared/arena/company.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { percentile } from "#shared/figures/stats.ts";
import { contactTicks, type Manner } from "#shared/testing/newcomer.ts";
import { arenaOf, type Offer } from "./offers.ts";

const MANNERS: readonly Manner[] = ["waits", "drives"];
const LIMIT_SEC = 30;
/** How soon the newcomer should see an enemy, in 95 of 100 rooms. */
const WANTED_SEC = 8;

/** Rooms of each kind, with consecutive seeds. */
const ROOMS = 64;

/** `players`: drones in a room, the newcomer among them; by default as many as a public room has. */
export function contactTable(
  offers: readonly Offer[],
  { seed, players }: { seed: number; players: number | undefined },
): string {
  const rows = offers.flatMap((offer) =>
    MANNERS.map((manner) => {
      const bots = (players ?? companyOf(arenaOf(offer.map))) - 1;
      const sec = Array.from({ length: ROOMS }, (_, room) => {
        const newcomer = { arena: arenaOf(offer.map), mode: offer.mode, bots, manner, seed: seed + room };
        return contactTicks(newcomer, LIMIT_SEC * TICKS_PER_SEC) / TICKS_PER_SEC;
      });
      const share = (within: number) => percent(sec.filter((each) => each <= within).length / ROOMS);
      const [p50, p95, most] = [0.5, 0.95, 1].map((at) => percentile(sec, at).toFixed(1));
      return [
        `${offer.map} · ${offer.mode}, ${manner}`,
        String(bots),
        share(0),
        p50,
        p95,
        most,
        share(WANTED_SEC),
      ].map((cell) => cell ?? "");
    }),
  );
  return textTable(
    ["a newcomer alone", "bots", "at once", "p50 s", "p95 s", "most s", `in ${WANTED_SEC} s`],
    rows,
  );
}
