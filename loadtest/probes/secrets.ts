/** Does a client get anything that it may not see, or miss anything that it should? */
import { ViewWalk } from "#server/testing/viewWalk.ts";
import type { Probe } from "./lab.ts";

export const secrets: Probe = {
  claim: "10,000 ticks of interest, decoded by six clients, with bushes, deaths, drops and returns",
  bound: "no secret sent, nothing visible missing after one patch, nothing left behind",
  async run(_lab, isThorough) {
    const ticks = isThorough ? 10_000 : 1000;
    const walk = new ViewWalk(1);
    const wrong: string[] = [];
    for (let patch = 0; walk.fight.world.state.tick < ticks; patch++) {
      walk.step();
      if (patch % 2 === 1) walk.step();
      walk.comeAndGo();
      walk.fight.patch();
      wrong.push(...walk.check());
    }
    const { compared } = walk.truth.counts;
    return {
      measured: wrong[0] ?? `nothing wrong in ${compared.toLocaleString("en")} comparisons`,
      holds: wrong.length === 0 && compared > ticks,
    };
  },
};
