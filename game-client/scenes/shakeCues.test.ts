import { expect, it } from "vitest";
import type { SimEvent } from "#shared/sim/event.ts";
import { createShakeCues } from "./shakeCues.ts";

const event = (fields: object) => fields as SimEvent;

it("[HANDS-9] a hit taken, a kill, the own end and a health that becomes low shake once each; a spectator feels nothing", () => {
  const felt: string[] = [];
  const cues = createShakeCues("me", (name) => felt.push(name));
  cues.hear(event({ type: "hit", victim: "me", shooter: "ann" }));
  cues.hear(event({ type: "hit", victim: "ann", shooter: "me" }));
  for (const hp of [100, 30, 20, 10]) cues.watch(hp);
  cues.hear(event({ type: "kill", victim: "ann", killer: "me" }));
  cues.hear(event({ type: "kill", victim: "me", killer: "me" }));
  expect(felt).toEqual(["hit", "lowHealth", "kill", "destroyed"]);

  const spectator = createShakeCues("", (name) => felt.push(name));
  spectator.watch(5);
  spectator.hear(event({ type: "kill", victim: "me", killer: "" }));
  expect(felt.length).toBe(4);
});
