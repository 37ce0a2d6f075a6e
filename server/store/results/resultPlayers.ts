/** Finds the players behind the identities of a result; creates those of guests whose first result it is. */
import type { Db } from "#server/store/database/database.ts";
import type { MatchPlayer, MatchResult } from "./matchResult.ts";

/** A person for whom the result counts. Two devices of one account in a match are one person with two seats. */
export interface Person {
  playerId: number;
  /** Ascending; one at least. */
  seats: [Seat, ...Seat[]];
}

export interface Seat extends MatchPlayer {
  /** Index into the result's players. */
  seat: number;
}

export interface People {
  /** Ascending by player id: the order in which rows are locked. */
  people: Person[];
  /** Seats of players whose account was deleted while the match went on: nothing is counted for them. */
  deletedSeats: number[];
}

export async function peopleOf(db: Db, { players, endedAt }: MatchResult): Promise<People> {
  const seats = players.map((player, seat): Seat => ({ ...player, seat }));
  const subs = new Set(seats.flatMap(({ identity }) => identity ?? []));
  const owners = await ownersOf(db, [...subs].sort(), endedAt);
  const people = new Map<number, Person>();
  const deletedSeats: number[] = [];
  for (const seat of seats) {
    const playerId = seat.identity === null ? undefined : owners.get(seat.identity);
    if (playerId === null) deletedSeats.push(seat.seat);
    if (playerId === undefined || playerId === null) continue;
    const person = people.get(playerId);
    if (person) person.seats.push(seat);
    else people.set(playerId, { playerId, seats: [seat] });
  }
  const sorted = [...people.values()].sort((one, other) => one.playerId - other.playerId);
  return { people: sorted, deletedSeats };
}

/** As knownOwners, with a new player for each identity that is not known. `subs`: sorted, so that transactions which create the same identities never deadlock. */
async function ownersOf(db: Db, subs: readonly string[], atMs: number): Promise<Owners> {
  const owners = await knownOwners(db, subs);
  const unknown = subs.filter((sub) => !owners.has(sub));
  if (unknown.length === 0) return owners;
  const created = await db
    .insertInto("player")
    .values(unknown.map(() => ({ createdAt: atMs })))
    .returning("id")
    .execute();
  const wanted = unknown.map((sub, at) => ({ sub, playerId: created[at]?.id ?? 0 }));
  await db
    .insertInto("identity")
    .values(wanted.map((row) => ({ ...row, createdAt: atMs, seenAt: atMs })))
    .onConflict((conflict) => conflict.column("sub").doNothing())
    .execute();
  // On PostgreSQL another transaction may have created the identity meanwhile: its player is the one that counts.
  const settled = await knownOwners(db, unknown);
  const unused = wanted.filter(({ sub, playerId }) => settled.get(sub) !== playerId);
  if (unused.length > 0)
    await db
      .deleteFrom("player")
      .where(
        "id",
        "in",
        unused.map(({ playerId }) => playerId),
      )
      .execute();
  return new Map([...owners, ...settled]);
}

/**
 * Throws if an identity has changed hands since `peopleOf`, so that the transaction is tried again. On PostgreSQL a guest may
 * sign in meanwhile, which merges the guest's player into the account's and removes it.
 */
export async function assertStillOwners(db: Db, people: readonly Person[]): Promise<void> {
  const expected = people.flatMap(({ playerId, seats }) =>
    seats.map(({ identity }) => ({ sub: identity ?? "", playerId })),
  );
  const owners = await knownOwners(db, [...new Set(expected.map(({ sub }) => sub))]);
  const changed = expected.find(({ sub, playerId }) => owners.get(sub) !== playerId);
  if (changed)
    throw new Error("a player of this result has signed in, or was deleted, meanwhile: count it again");
}

/** Player ids by identity. Null: nobody can use the identity any more, and its player has no name, as after a deletion. */
type Owners = Map<string, number | null>;

async function knownOwners(db: Db, subs: readonly string[]): Promise<Owners> {
  if (subs.length === 0) return new Map();
  const rows = await db
    .selectFrom("identity")
    .innerJoin("player", "player.id", "identity.playerId")
    .select(["sub", "playerId", "revokedAt", "name"])
    .where("sub", "in", subs)
    .execute();
  return new Map(
    rows.map(({ sub, playerId, revokedAt, name }) => [
      sub,
      revokedAt !== null && name === null ? null : playerId,
    ]),
  );
}
