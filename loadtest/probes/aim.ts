/** Does a shot hit what was under the crosshair, and can a client that lies about its clock rewind farther than it may? */
import type { HeadlessPlayer } from "#client/net/headlessPlayer.ts";
import { LagCompensation } from "#server/rooms/tick/lagCompensation.ts";
import { interpolationMs, PATCH_MS } from "#shared/config.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { command, holding } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import { type Lab, type Probe, until } from "./lab.ts";

/** Two points in the open, with room to strafe. */
const SHOOTER = { x: 780, y: 1030 };
const TARGET = { x: 1120, y: 1030 };
const STRAFE_PX = 120;

interface Shots {
  beams: number;
  hits: number;
}

interface Volley {
  readonly shots: number;
  /** Before the first shot: the client's clock has to settle after a join. */
  readonly settleMs: number;
}

/** Ann fires at the middle of Bob as she sees him; Bob strafes across her line of fire at full speed. */
async function shootAtStrafing(
  lab: Lab,
  ann: HeadlessPlayer,
  bob: HeadlessPlayer,
  { shots, settleMs }: Volley,
): Promise<Shots> {
  const counted: Shots = { beams: 0, hits: 0 };
  const stopCounting = countShots(ann, counted);
  const [annAt, bobAt] = [lab.serverDrone(ann), lab.serverDrone(bob)];
  Object.assign(annAt, { ...SHOOTER, vx: 0, vy: 0 });
  Object.assign(bobAt, { ...TARGET, vx: 0, vy: 0 });
  await until("Ann sees Bob", () => ann.room.state.drones.has(bob.room.sessionId));
  const firesFromMs = performance.now() + settleMs;
  const isOver = () => counted.beams >= shots;
  const next = () => aimAt(ann, bob, performance.now() > firesFromMs);
  await Promise.all([ann.play(next, isOver, 180_000), bob.play(strafe(bobAt), isOver, 180_000)]);
  stopCounting();
  return counted;
}

function countShots({ room }: HeadlessPlayer, counted: Shots): () => void {
  const me = room.sessionId;
  return room.onMessage(MESSAGE.event, ({ events }: EventMessage) => {
    for (const event of unpackEvents(events)) {
      if (event.type === "beam" && event.shooter === me) counted.beams++;
      if (event.type === "hit" && event.shooter === me) counted.hits++;
    }
  });
}

/** Up and down around TARGET, full of health: walls, drift and hits must not end the strafing. */
function strafe(drone: Drone): () => Command {
  let isDown = true;
  return () => {
    drone.hp = DRONE.hp;
    if (drone.y > TARGET.y + STRAFE_PX) isDown = false;
    if (drone.y < TARGET.y - STRAFE_PX) isDown = true;
    return command({ moveY: isDown ? 127 : -127 });
  };
}

function aimAt({ room, prediction }: HeadlessPlayer, target: HeadlessPlayer, mayFire: boolean): Command {
  const seen = room.state.drones.get(target.room.sessionId);
  if (!seen) return command();
  const { x, y } = prediction.pose(seen);
  const { self } = prediction;
  const fires = mayFire && self.specialCooldownTicks === 0;
  const aim = Math.atan2(y - self.y, x - self.x);
  return command({ aim: aim < 0 ? aim + 2 * Math.PI : aim, buttons: fires ? BUTTON.altFire : 0 });
}

export const aim: Probe = {
  claim: "aim at what you see, target strafing, 250 ms",
  bound: "≥ 95 % hits with compensation, under 20 % with it switched off",
  async run(lab, isThorough) {
    await lab.seatAllBut(2);
    const network = await lab.network({ rttMs: 250 });
    const [ann, bob] = [await lab.enter("Ann", network), await lab.enter("Bob")];
    armWithRail(lab, ann);
    const compensated = await shootAtStrafing(lab, ann, bob, { shots: isThorough ? 60 : 5, settleMs: 3000 });
    const { rewoundTo } = LagCompensation.prototype;
    LagCompensation.prototype.rewoundTo = () => Number.MAX_SAFE_INTEGER;
    const bare = await shootAtStrafing(lab, ann, bob, {
      shots: isThorough ? 60 : 7,
      settleMs: 500,
    }).finally(() => {
      LagCompensation.prototype.rewoundTo = rewoundTo;
    });
    const share = ({ hits, beams }: Shots) => hits / beams;
    const percent = (result: Shots) => `${Math.round(100 * share(result))} % of ${result.beams}`;
    return {
      measured: `${percent(compensated)} with, ${percent(bare)} without`,
      // Among seven shots up to three may hit by chance.
      holds: share(compensated) >= 0.95 && share(bare) < (isThorough ? 0.2 : 0.45),
    };
  },
};

export const forgedStamp: Probe = {
  claim: "rewind stamp forged by −500 ms at 40 ms round trip",
  bound: "no farther back than round trip + interpolation + one patch",
  async run(lab) {
    await lab.seatAllBut(1);
    const ann = await lab.enter("Ann", await lab.network({ rttMs: 40 }));
    armWithRail(lab, ann);
    const { clock } = ann.room;
    const honest = clock.serverNow.bind(clock);
    let isForging = false;
    clock.serverNow = () => honest() - (isForging ? 500 : 0);

    const backMs: number[] = [];
    const pingsMs: number[] = [];
    const { rewoundTo } = LagCompensation.prototype;
    LagCompensation.prototype.rewoundTo = function (shooter, stampMs) {
      const result = rewoundTo.call(this, shooter, stampMs);
      if (isForging) backMs.push(this.newestMs - result);
      return result;
    };
    let sent = 0;
    const next = () => {
      isForging = sent++ > 60;
      if (sent % 10 === 0) ann.room.ping((ms) => void pingsMs.push(ms));
      return command({ buttons: isForging ? BUTTON.altFire : 0 });
    };
    await ann
      .play(next, () => backMs.length >= 3)
      .finally(() => {
        LagCompensation.prototype.rewoundTo = rewoundTo;
      });
    const worstMs = Math.max(...backMs);
    const worstPingMs = Math.max(...pingsMs);
    const boundMs = worstPingMs + interpolationMs(worstPingMs - 40) + PATCH_MS;
    return {
      measured: `${worstMs.toFixed(0)} ms back; ${boundMs.toFixed(0)} ms allowed`,
      holds: worstMs > 0 && worstMs <= boundMs,
    };
  },
};

/** With as many shots as a drone can hold, so that no probe depends on pickups. */
const armWithRail = (lab: Lab, player: HeadlessPlayer) =>
  Object.assign(lab.serverDrone(player), { ...holding("rail"), ammo: 255 });
