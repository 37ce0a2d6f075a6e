/** A kill shows both sides their part: the confirmation, and the account of the destruction. */
import { expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import { seatAllBut } from "./company.ts";
import { play, takePicture } from "./harness.ts";
import { hunt, placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
const foundry = readArena("foundry");

test("[FEAT-40] a kill is confirmed, and the destroyed player's card adds up the damage", async ({
  signal,
}) => {
  stage.undo((await seatAllBut(stage.url, 2)).leave);
  const [ann, bob] = [await stage.open(), await stage.open()];
  await play(ann, "Ann");
  await play(bob, "Bob");
  // From now on, because both are gone after a few seconds.
  const confirmed = ann.page.locator(".announced").getByText("+1 Bob").waitFor({ timeout: 0 });
  const card = bob.page.getByRole("region", { name: "Destroyed" });
  const explained = card
    // The killer's health comes as soon as the page sees the killer.
    .filter({ hasText: /Ann has \d+ health left/ })
    .locator(".death-damage")
    .textContent({ timeout: 0 })
    .then(async (damage) => ({ damage, all: await card.textContent(), said: await said() }));
  const said = () => bob.page.getByRole("status").filter({ hasText: "Destroyed by Ann" }).count();
  let isConfirmed = false;
  void confirmed.then(() => {
    isConfirmed = true;
  });

  while (!isConfirmed) {
    signal.throwIfAborted();
    const prey = await placeOf(bob.page);
    if (prey && prey.hp > 0) await hunt(ann.page, foundry, prey);
  }
  await takePicture(ann.page, "kill-confirmed");
  await takePicture(bob.page, "death-card");
  await ann.page.mouse.up();

  const { damage, all, said: times } = await explained;
  const [, total, blaster] = /^(\d+) damage: Blaster (\d+)$/.exec((damage ?? "").trim()) ?? [];
  expect(Number(total)).toBeGreaterThan(0);
  expect(blaster).toBe(total);
  expect(all).toMatch(/Tip:/);
  expect(times).toBe(1);
  for (const { errors } of [ann, bob]) expect(errors).toEqual([]);
});
