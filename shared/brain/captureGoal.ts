/** Chooses a bot's goal in capture the flag: attack, guard, escort, chase the thief, or carry the flag home. */
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";
import type { SeenFlag } from "./perception.ts";

type Role = "attack" | "defend";

const GUARD = { ringPx: 160, withinPx: 380 } as const;
/** A bot fetches a dropped flag within this distance before anything else. */
const NEAR_DROP_PX = 900;
const ESCORT_PX = 130;

const GUARDS_MAX = 4;

/** By the bot's rank in its team: every third guards, and the first always attacks. */
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

/** No capture counts while the own flag is away: fetch it if it lies near, else wait beside its home. */
function carryHome(situation: Situation, own: SeenFlag, home: Place, isOwnDropped: boolean): Goal {
  const { self } = situation.perception;
  if (isOwnDropped && distanceTo(self, own) < NEAR_DROP_PX) return goTo(own);
  if (own.carrier !== "" && distanceTo(self, home) < GUARD.ringPx * 2) return guard(situation, home);
  return goTo(home);
}

/** Chase a thief in sight; otherwise go to the other home, where the thief must bring the flag. */
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
  const isAttacker = roleOf(situation) === "attack";
  if (isAttacker && theirs.carrier === "") return goTo(theirs);
  // Every other attacker stays with the own carrier: if all chased the thief, no flag would ever get home.
  if (isAttacker && rank % 2 === 0) return escort(situation, theirs, home);
  return distanceTo(self, theirHome) < GUARD.ringPx * 2 ? guard(situation, theirHome) : goTo(theirHome);
}

/** A place on a ring around `place`, on another side after each errand. */
function guard({ arena, whim, errand }: Situation, place: Place): Goal {
  const angle = (whim + errand * 0.618034) * 2 * Math.PI;
  const inside = (px: number, sizePx: number) => Math.max(arena.tilePx, Math.min(px, sizePx - arena.tilePx));
  const x = inside(place.x + Math.cos(angle) * GUARD.ringPx, arena.widthPx);
  const y = inside(place.y + Math.sin(angle) * GUARD.ringPx, arena.heightPx);
  return { place: { x, y }, manner: "hold", withinPx: GUARD.withinPx };
}

/** Beside the team mate who carries the flag, or towards home while the carrier is out of sight. */
function escort({ perception: { self }, sights }: Situation, theirs: SeenFlag, home: Place): Goal {
  const carrier = sights.friends.find((friend) => friend.id === theirs.carrier);
  if (!carrier) return { place: { x: home.x, y: home.y }, manner: "fight" };
  if (distanceTo(self, carrier) < ESCORT_PX) return { place: { x: self.x, y: self.y }, manner: "fight" };
  return { place: { x: carrier.x, y: carrier.y }, manner: "fight" };
}
