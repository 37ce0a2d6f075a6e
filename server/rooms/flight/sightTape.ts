/**
 * Records the answers to the simulation when it asks where shooters saw their targets (sim/sight.ts), in the order of the
 * questions: a rerun needs neither a history of places nor anybody's round trip.
 */
import type { Place, SeenBy } from "#shared/sim/sight.ts";
import type { ByteReader, ByteWriter } from "./bytes.ts";

const ANSWER = {
  /** The victim was not there yet. */
  nowhere: 0,
  /** The victim's present place. */
  present: 1,
  /** Two doubles follow. */
  place: 2,
  /** No further place. */
  end: 3,
} as const;

/** Asks `seen`, and writes what it answers. */
export function recordSight(seen: SeenBy, out: ByteWriter): SeenBy {
  const note = (place: Place | undefined, victim: Place): void => {
    if (!place) out.u8(ANSWER.nowhere);
    else if (place.x === victim.x && place.y === victim.y) out.u8(ANSWER.present);
    else {
      out.u8(ANSWER.place);
      out.f64(place.x);
      out.f64(place.y);
    }
  };
  return (shooterId, command) => {
    const sight = seen(shooterId, command);
    return {
      placeOf(victimId, victim) {
        const place = sight.placeOf(victimId, victim);
        note(place, victim);
        return place;
      },
      *recentPlacesOf(victimId, victim) {
        for (const place of sight.recentPlacesOf(victimId, victim)) {
          note(place, victim);
          yield place;
        }
        out.u8(ANSWER.end);
      },
    };
  };
}

/** Gives the recorded answers. Throws at a question too many: the rerun then goes another way than the room went. */
export function answerFrom(input: () => ByteReader): SeenBy {
  const next = (victim: Place): Place | undefined | "end" => {
    const bytes = input();
    if (bytes.isAtEnd) throw new RangeError("the simulation asks more than it did in the room");
    const answer = bytes.u8();
    if (answer === ANSWER.end) return "end";
    if (answer === ANSWER.present) return { x: victim.x, y: victim.y };
    return answer === ANSWER.place ? { x: bytes.f64(), y: bytes.f64() } : undefined;
  };
  return () => ({
    placeOf(_victimId, victim) {
      const place = next(victim);
      return place === "end" ? undefined : place;
    },
    *recentPlacesOf(_victimId, victim) {
      for (let place = next(victim); place !== "end"; place = next(victim)) if (place) yield place;
    },
  });
}
