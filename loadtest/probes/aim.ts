/** Does a shot hit what was under the crosshair, and can a lying client look farther back than it may? */
import type { HeadlessPlayer } from "#client/net/headlessPlayer.ts";
import { LagCompensation } from "#server/rooms/tick/lagCompensation.ts";
import { interpolationMs, PATCH_MS } from "#shared/config.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { command, holding } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import { type Lab, type Probe, until } from "./lab.ts";

/** An open place of the map, with room to strafe. */
const SHOOTER = { x: 780, y: 1030 };
const TARGET = { x: 1120, y: 1030 };
const STRAFE_PX = 120;

interface Shooting {
  beams: number;
  hits: number;
}

/** Ann shoots at the middle of what she sees; Bob strafes across her line of fire at full speed. */
async function shootAtStrafing(
  lab: Lab,
  ann: HeadlessPlayer,
  bob: HeadlessPlayer,
  shots: number,
): Promise<Shooting> {
  const result: Shooting = { beams: 0, hits: 0 };
  const me = ann.room.sessionId;
  const stop = ann.room.onMessage(MESSAGE.event, ({ events }: EventMessage) => {
    for (const event of unpackEvents(events)) {
      if (event.type === "beam" && event.shooter === me) result.beams++;
      if (event.type === "hit" && event.shooter === me) result.hits++;
    }
  });
  const [annAt, bobAt] = [lab.serverDrone(ann), lab.serverDrone(bob)];
  Object.assign(annAt, { ...SHOOTER, vx: 0, vy: 0 });
  Object.assign(bobAt, { ...TARGET, vx: 0, vy: 0 });
  await until("Ann sees Bob", () => ann.room.state.drones.has(bob.room.sessionId));

  let down = true;
  const strafe = () => {
    // He must outlive many hits, and neither walls nor drift may end the strafing.
    bobAt.hp = DRONE.hp;
    if (bobAt.y > TARGET.y + STRAFE_PX) down = false;
    if (bobAt.y < TARGET.y - STRAFE_PX) down = true;
    return command({ moveY: down ? 127 : -127 });
  };
  const startedAt = performance.now();
  const shoot = () => {
    const seen = ann.room.state.drones.get(bob.room.sessionId);
    if (!seen) return command();
    const { x, y } = ann.prediction.pose(seen);
    const { self } = ann.prediction;
    // Not before the clocks have settled.
    const fires = performance.now() - startedAt > 3000 && self.specialCooldownTicks === 0;
    const aim = Math.atan2(y - self.y, x - self.x);
    return command({ aim: aim < 0 ? aim + 2 * Math.PI : aim, buttons: fires ? BUTTON.altFire : 0 });
  };
  const isOver = () => result.beams >= shots;
  await Promise.all([ann.play(shoot, isOver, 180_000), bob.play(strafe, isOver, 180_000)]);
  stop();
  return result;
}

export const aim: Probe = {
  claim: "aim at what you see, target strafing, 250 ms",
  bound: "≥ 95 % hits with compensation, under 20 % with it switched off",
  async run(lab, thorough) {
    const shots = thorough ? 60 : 10;
    await lab.placeBystanders(2);
    const network = await lab.network({ rttMs: 250 });
    const [ann, bob] = [await lab.enter("Ann", network), await lab.enter("Bob")];
    armWithRail(lab, ann);
    const compensated = await shootAtStrafing(lab, ann, bob, shots);

    const { rewoundTo } = LagCompensation.prototype;
    LagCompensation.prototype.rewoundTo = () => Number.MAX_SAFE_INTEGER;
    const bare = await shootAtStrafing(lab, ann, bob, shots).finally(() => {
      LagCompensation.prototype.rewoundTo = rewoundTo;
    });
    const share = ({ hits, beams }: Shooting) => hits / beams;
    const percent = (result: Shooting) => `${Math.round(100 * share(result))} % of ${result.beams}`;
    return {
      measured: `${percent(compensated)} with, ${percent(bare)} without`,
      // A few lucky ones of ten prove nothing.
      holds: share(compensated) >= 0.95 && share(bare) < (thorough ? 0.2 : 0.45),
    };
  },
};

export const forgedStamp: Probe = {
  claim: "rewind stamp forged by −500 ms at 40 ms round trip",
  bound: "no farther back than round trip + interpolation + one patch",
  async run(lab) {
    await lab.placeBystanders(3);
    const ann = await lab.enter("Ann", await lab.network({ rttMs: 40 }));
    armWithRail(lab, ann);
    const { clock } = ann.room;
    const honest = clock.serverNow.bind(clock);
    let forging = false;
    clock.serverNow = () => honest() - (forging ? 500 : 0);

    const backMs: number[] = [];
    const pingsMs: number[] = [];
    const { rewoundTo } = LagCompensation.prototype;
    LagCompensation.prototype.rewoundTo = function (shooter, stampMs) {
      const result = rewoundTo.call(this, shooter, stampMs);
      if (forging) backMs.push(this.newestMs - result);
      return result;
    };
    let sent = 0;
    const next = () => {
      forging = sent++ > 60;
      if (sent % 10 === 0) ann.room.ping((ms) => void pingsMs.push(ms));
      return command({ buttons: forging ? BUTTON.altFire : 0 });
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

/** As many shots as a drone can hold: rails lie about, and a probe is no hunt for them. */
const armWithRail = (lab: Lab, player: HeadlessPlayer) =>
  Object.assign(lab.serverDrone(player), { ...holding("rail"), ammo: 255 });
