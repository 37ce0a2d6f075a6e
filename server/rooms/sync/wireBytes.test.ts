import { createHash } from "node:crypto";
import { pack } from "msgpackr";
import { expect, test } from "vitest";
import { ViewWalk } from "#server/testing/viewWalk.ts";
import { endlessRules } from "#shared/modes/rules.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { isPlaced } from "#shared/sim/event.ts";

const TICKS = 900;

/** SHA-256 of every state frame and event message that six clients receive while they fight, drop, return and leave. */
const RECORDED: Readonly<Record<string, string>> = {
  deathmatch: "ef18ef692bcec48aa5a80263f69bd06b",
  teamDeathmatch: "fa150801806616a0dbcaf89cd9e84ace",
  captureTheFlag: "8ad397eb2249a9dbb07de9f9d8e28fce",
  kingOfTheHill: "f74dc1cf3a7cd19aa4ff1810383a498c",
};

function record(mode: (typeof MODE_NAMES)[number]): string {
  const hash = createHash("sha256");
  const walk = new ViewWalk(11, endlessRules(mode), (frame) => hash.update(frame));
  const { fight } = walk;
  for (let tick = 1; tick <= TICKS; tick++) {
    walk.comeAndGo();
    const events = walk.step();
    for (const { sessionId } of fight.watchers) {
      const visible = events.filter((event) => !isPlaced(event) || fight.canSee(sessionId, event));
      if (visible.length > 0) hash.update(pack({ tick, events: visible.map(packEvent) }));
    }
    // Two patches to three ticks.
    if (tick % 3 !== 0) fight.patch();
  }
  return hash.digest("hex").slice(0, 32);
}

test.each(MODE_NAMES)("[WIRE-1] a scripted match of %s sends the recorded bytes", (mode) => {
  expect(record(mode)).toBe(RECORDED[mode]);
});
