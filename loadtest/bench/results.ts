/** Combines the rounds of each server and size: spreads, ratios to the floor, and growth with size. */
import { FIGURE_NAMES, type FigureName, type Figures, type Spread, spreadOf } from "./figures.ts";
import type { Outcome } from "./measure/run.ts";
import type { Planned } from "./plan.ts";
import { FLOOR, type ServerName } from "./servers/names.ts";

export type Run = Planned & Outcome;

/** A server at a size. */
export interface Cell {
  readonly server: ServerName;
  readonly players: number;
  readonly rounds: number;
  /** Why rounds do not count, each reason once. Those rounds are left out of the figures. */
  readonly faults: readonly string[];
  /** Undefined if no round counts. */
  readonly figures: Readonly<Record<FigureName, Spread>> | undefined;
  /** Ratios to the floor in the same round; undefined if no round counts for both. */
  readonly ratios: Readonly<Record<FigureName, Spread>> | undefined;
}

type Counted = Run & { readonly figures: Figures };

export const isCounted = (run: Run): run is Counted => run.figures !== undefined && run.fault === undefined;

export function cellOf(runs: readonly Run[], server: ServerName, players: number): Cell {
  const own = runs.filter((run) => run.server === server && run.scenario.players === players);
  const counted = own.filter(isCounted);
  return {
    server,
    players,
    rounds: own.length,
    faults: [...new Set(own.flatMap(({ fault }) => fault ?? []))],
    figures: spreadsOf(counted, ({ figures }, name) => figures[name]),
    ratios: ratiosOf(runs, server, FLOOR, players),
  };
}

/** Ratios of one server's figures to another's in the same round; undefined if no round counts for both. */
export function ratiosOf(
  runs: readonly Run[],
  server: ServerName,
  base: ServerName,
  players: number,
): Readonly<Record<FigureName, Spread>> | undefined {
  const counted = runs.filter(isCounted).filter(({ scenario }) => scenario.players === players);
  const pairs = counted.flatMap((run) => {
    const other = counted.find(({ round, server }) => round === run.round && server === base);
    return run.server === server && other ? [{ own: run.figures, base: other.figures }] : [];
  });
  return spreadsOf(pairs, ({ own, base }, name) => own[name] / base[name]);
}

/** The ratio of one server's figure at the large size to its figure at the small size in the same round. */
export function growthOf(
  runs: readonly Run[],
  server: ServerName,
  name: FigureName,
  [small, large]: readonly [number, number],
): Spread | undefined {
  const counted = runs.filter(isCounted).filter((run) => run.server === server);
  const ratios = counted.flatMap(({ scenario, round, figures }) => {
    if (scenario.players !== large) return [];
    const before = counted.find((run) => run.round === round && run.scenario.players === small);
    return before ? [figures[name] / before.figures[name]] : [];
  });
  return ratios.length > 0 ? spreadOf(ratios) : undefined;
}

function spreadsOf<Item>(
  items: readonly Item[],
  read: (item: Item, name: FigureName) => number,
): Record<FigureName, Spread> | undefined {
  if (items.length === 0) return undefined;
  const entries = FIGURE_NAMES.map((name) => [name, spreadOf(items.map((item) => read(item, name)))]);
  return Object.fromEntries(entries) as Record<FigureName, Spread>;
}
