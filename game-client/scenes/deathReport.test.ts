/** Tests the account of the player's own destruction. */
import { beforeEach, expect, test } from "vitest";
import { pageMemory } from "#client/storage.ts";
import { death } from "#client/ui/state/fight.ts";
import { NEW_SEAT, Seat } from "#shared/schema/state.ts";
import type { WeaponName } from "#shared/tuning.ts";
import { createDeathReport, type DeathReport } from "./deathReport.ts";
import { nextTip, TIPS_MAX, tipsFor } from "./deathTips.ts";
import type { Room } from "./fightNews.ts";

let report: DeathReport;
let drones: Map<string, { hp: number; shield: number }>;

beforeEach(() => {
  pageMemory.forget("fracas.deaths");
  drones = new Map();
  const roster = new Map(["a", "b"].map((id) => [id, new Seat({ ...NEW_SEAT, name: id.toUpperCase() })]));
  report = createDeathReport({ state: { roster, drones } } as unknown as Room, "me", () => false);
});

const hit = (atMs: number, shooter: string, weapon: WeaponName, damage: number, victim = "me") =>
  report.hear({ type: "hit", victim, shooter, weapon, damage, x: 0, y: 0 }, atMs);
const destroyed = (atMs: number, killer = "a", victim = "me") =>
  report.hear({ type: "kill", victim, killer, weapon: "blaster" }, atMs);

test("[DEATH-2] the damage is summed by attacker and weapon, the killer first", () => {
  hit(0, "b", "mortar", 70);
  hit(10, "a", "blaster", 12);
  hit(20, "a", "rail", 60);
  hit(30, "a", "blaster", 12);
  hit(30, "a", "blaster", 50, "b");
  destroyed(30);
  expect(death.value).toMatchObject({ killer: { id: "a", name: "A" }, weapon: "blaster" });
  expect(death.value?.attackers).toMatchObject([
    {
      name: "A",
      damage: 84,
      byWeapon: [
        { weapon: "rail", damage: 60 },
        { weapon: "blaster", damage: 24 },
      ],
    },
    { name: "B", damage: 70, byWeapon: [{ weapon: "mortar", damage: 70 }] },
  ]);
});

test("[DEATH-3] damage of an earlier life, or of more than 10 s ago, does not count", () => {
  hit(0, "a", "rail", 60);
  report.hear({ type: "spawn", drone: "me", x: 0, y: 0 }, 100);
  hit(200, "b", "blaster", 12);
  hit(10_100, "a", "blaster", 12);
  destroyed(10_201);
  expect(death.value?.attackers.map(({ id, damage }) => [id, damage])).toEqual([["a", 12]]);
  report.hear({ type: "spawn", drone: "me", x: 0, y: 0 }, 13_000);
  expect(death.value).toBeUndefined();
});

test("[DEATH-4] the killer's health is what it had when the page first saw it", () => {
  destroyed(0);
  report.update();
  expect(death.value?.killerLeft).toBeUndefined();
  drones.set("a", { hp: 30, shield: 12 });
  report.update();
  drones.set("a", { hp: 90, shield: 0 });
  report.update();
  expect(death.value?.killerLeft).toBe(42);
  destroyed(100);
  expect(death.value?.killerLeft).toBe(90);
});

test("[DEATH-5] others' destructions are none of the player's", () => {
  destroyed(0, "a", "b");
  expect(death.value).toBeUndefined();
});

test("[DEATH-6] tips fit the situation, take turns, and end after the first ten times on a device", () => {
  const situation = { weapon: "rail", attackers: 2, isDashReady: true } as const;
  expect(tipsFor(situation)).toEqual(["crowd", "rail", "dash"]);
  expect(tipsFor({ weapon: "mortar", attackers: 1, isDashReady: false })).toEqual(["mortar"]);
  const given = Array.from({ length: TIPS_MAX + 1 }, () => nextTip(situation));
  expect(given.slice(0, 4)).toEqual(["crowd", "rail", "dash", "crowd"]);
  expect(given.indexOf(undefined)).toBe(TIPS_MAX);
});

test("[DEATH-20] the tip is on the killer's weapon that did the most damage, not on the last hit's", () => {
  hit(0, "a", "rail", 96);
  hit(10, "a", "blaster", 4);
  destroyed(10);
  expect(death.value).toMatchObject({ weapon: "blaster", tip: "rail" });
});
