/** Capture the flag: some fetch, some guard; who carries goes home, and a flag on the floor is everybody's business. */
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";
import type { SeenFlag } from "./perception.ts";

type Role = "attack" | "defend";

const GUARD = { ringPx: 160, withinPx: 380 } as const;
/** A flag on the floor within this is fetched first. */
const NEAR_DROP_PX = 900;
const ESCORT_PX = 130;

/** More do not guard a flag better. */
const GUARDS_MAX = 4;

/** By its place among its team: a third guard, the first of all attacks, whoever leaves or joins. */
const roleOf = ({ perception: { rank } }: Situation): Role =>
  rank % 3 === 1 && rank < 3 * GUARDS_MAX ? "defend" : "attack";

export function captureGoal(situation: Situation): Goal | undefined {
  const { arena, perception } = situation;
  const { id, self, flags } = perception;
  const own = flags.find((flag) => flag.team === self.team);
  const theirs = flags.find((flag) => flag.team !== self.team);
  const home = arena.flags.find((spot) => spot.team === self.team);
  const theirHome = arena.flags.find((spot) => spot.team !== self.team);
  if (!own || !theirs || !home || !theirHome) return undefined;

  const isOwnDropped = own.carrier === "" && !isAt(own, home);
  if (theirs.carrier === id) return carryHome(situation, own, home, isOwnDropped);
  if (isOwnDropped && (distanceTo(self, own) < NEAR_DROP_PX || roleOf(situation) === "defend")) {
    return goTo(own);
  }
  if (own.carrier !== "") return chaseThief(situation, own, theirs, home, theirHome);
  if (roleOf(situation) === "defend" && situation.perception.teamSize > 1) return guard(situation, home);
  if (theirs.carrier !== "") return escort(situation, theirs, home);
  return goTo(theirs);
}

const isAt = (flag: Place, spot: Place) => Math.abs(flag.x - spot.x) < 1 && Math.abs(flag.y - spot.y) < 1;

const goTo = ({ x, y }: Place): Goal => ({ place: { x, y }, manner: "press on" });

/** While its own flag is away a capture does not count: it gets that one if it can, and else waits beside its home. */
function carryHome(situation: Situation, own: SeenFlag, home: Place, isOwnDropped: boolean): Goal {
  const { self } = situation.perception;
  if (isOwnDropped && distanceTo(self, own) < NEAR_DROP_PX) return goTo(own);
  if (own.carrier !== "" && distanceTo(self, home) < GUARD.ringPx * 2) return guard(situation, home);
  return goTo(home);
}

/** Whoever has the flag must bring it home: who does not see them goes there. One who sees them is on them anyway. */
function chaseThief(
  situation: Situation,
  own: SeenFlag,
  theirs: SeenFlag,
  home: Place,
  theirHome: Place,
): Goal {
  const { self, rank } = situation.perception;
  const thief = situation.sights.enemies.find((enemy) => enemy.id === own.carrier);
  if (thief) return { place: { x: thief.x, y: thief.y }, manner: "press on" };
  const attacks = roleOf(situation) === "attack";
  if (attacks && theirs.carrier === "") return goTo(theirs);
  // Were all after the thief, nobody would be with their own carrier, and no flag would ever get home.
  if (attacks && rank % 2 === 0) return escort(situation, theirs, home);
  return distanceTo(self, theirHome) < GUARD.ringPx * 2 ? guard(situation, theirHome) : goTo(theirHome);
}

/** Around a place, another side of it with each errand. */
function guard({ arena, whim, errand }: Situation, place: Place): Goal {
  const angle = (whim + errand * 0.618034) * 2 * Math.PI;
  const inside = (px: number, sizePx: number) => Math.max(arena.tilePx, Math.min(px, sizePx - arena.tilePx));
  const x = inside(place.x + Math.cos(angle) * GUARD.ringPx, arena.widthPx);
  const y = inside(place.y + Math.sin(angle) * GUARD.ringPx, arena.heightPx);
  return { place: { x, y }, manner: "hold", withinPx: GUARD.withinPx };
}

/** Beside the friend who carries it; out of sight, towards home, where they are bound for. */
function escort({ perception: { self }, sights }: Situation, theirs: SeenFlag, home: Place): Goal {
  const carrier = sights.friends.find((friend) => friend.id === theirs.carrier);
  if (!carrier) return { place: { x: home.x, y: home.y }, manner: "fight" };
  if (distanceTo(self, carrier) < ESCORT_PX) return { place: { x: self.x, y: self.y }, manner: "fight" };
  return { place: { x: carrier.x, y: carrier.y }, manner: "fight" };
}
