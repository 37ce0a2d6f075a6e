/** Simulated machines: the server's own directory, questions, limits and seat requests, with rooms that are only rows. */
import { createSeatRequests, type SeatRequests } from "#server/admission/seatRequests.ts";
import { createLimits, type Limits } from "#server/edge/limits.ts";
import { type FakeMachine, fakeMachine } from "#server/testing/fakeMachine.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { CODE_LENGTH, CODE_LETTERS } from "#shared/protocol/roomCode.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";

export interface BenchMachine extends FakeMachine {
  readonly seats: SeatRequests;
  readonly limits: Limits;
}

/** `isLimited`: joins count in Redis, as on a real machine. */
export function openMachine(redisUrl: string, number: number, isLimited: boolean): BenchMachine {
  const machine = fakeMachine(redisUrl, `m${number}.example`);
  const limits = createLimits(isLimited ? redisUrl : undefined);
  const unsupported = () => Promise.reject(new Error("simulated machines open no rooms"));
  const { directory, ask } = machine.fleet;
  const rooms = {
    ...{ directory, ask, open: unsupported, handOver: unsupported },
    hasSeat: async () => false,
    freeOnePlace: async () => {},
  };
  const seats = createSeatRequests({ limits, rooms, withinCapacity: (take) => take() });
  return { ...machine, seats, limits };
}

export async function closeMachine({ fleet, limits }: BenchMachine): Promise<void> {
  await fleet.close();
  limits.close();
}

/** The code of the n-th room. */
export function codeOf(number: number): string {
  let [rest, code] = [number, ""];
  for (let letter = 0; letter < CODE_LENGTH; letter++) {
    code = CODE_LETTERS[rest % CODE_LETTERS.length] + code;
    rest = Math.floor(rest / CODE_LETTERS.length);
  }
  return code;
}

/** Opens, or changes, the n-th of all rooms, on its machine. */
export function putRoom(machines: readonly BenchMachine[], number: number, clients: number): void {
  const mode = MODE_NAMES[number % MODE_NAMES.length] ?? "deathmatch";
  machines[number % machines.length]?.put(codeOf(number), { clients, mode });
}

const OPTIONS = JoinOptions.parse({ name: "Somebody" });

/** The n-th visitor, each from a network of their own, asks this machine for a seat in a room of any machine. */
export async function join(machine: BenchMachine, visitor: number, code: string | undefined): Promise<void> {
  const network = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  const who = { network, identity: `visitor ${visitor}`, isExempt: false };
  await machine.limits.count("join", who);
  if (code === undefined) await machine.seats.quickPlay(OPTIONS, who, false);
  else await machine.seats.byCode(code, OPTIONS, who);
}
