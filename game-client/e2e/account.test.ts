/** Accounts in a browser: made of a guest, taken to other devices by passkey or code, lost, copied, and deleted. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ROUTE } from "#shared/protocol/http.ts";
import type { Me } from "#shared/protocol/progress.ts";
import { findings } from "./axe.ts";
import { type PlayerPage, takePicture } from "./harness.ts";
import { type Authenticator, giveAuthenticator } from "./passkeys.ts";
import { PHONE, setStage } from "./stage.ts";
import { translatable } from "./translation.ts";

const stage = setStage();

/** Browsers make passkeys on localhost, and not on an address. */
const home = () => stage.url.replace("127.0.0.1", "localhost");

/** Ann's first device, which each test takes over from the one before. */
let ann: PlayerPage;
let annsKeys: Authenticator;

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const failure = (page: Page) => page.getByRole("alert");

/** The title waits for the game for ever, and draws no fight behind it, which would take most of the processor. */
const withoutGame = (context: BrowserContext) => context.route(/\/assets\/game-/, () => {});

/** On the account screen, which loads no arena behind it. */
async function openDevice(path = "/#account"): Promise<PlayerPage & { keys: Authenticator }> {
  const player = await stage.open({ url: home() + path });
  return { ...player, keys: await giveAuthenticator(player.page) };
}

/** The server's answer about the page's visitor. */
const meOf = (page: Page): Promise<Me> =>
  page.evaluate(async (route) => {
    const authorization = `Bearer ${localStorage.getItem("fracas.identity")}`;
    return (await fetch(route, { headers: { authorization } })).json();
  }, ROUTE.me);

/** Makes a code on Ann's device; resolves to its text. */
async function makeCode(): Promise<string> {
  await ann.page.getByRole("button", { name: /^Make a (new )?code$/ }).click();
  await ann.page.getByRole("img", { name: /^QR code that signs in/ }).waitFor();
  return (await ann.page.locator("output").textContent()) ?? "";
}

beforeAll(async () => {
  ann = await stage.openForAll({ url: home(), prepare: withoutGame });
  annsKeys = await giveAuthenticator(ann.page);
});

test("[E2E-ACCOUNT-1] a guest keeps the progress under a name, is told why another name will not do, and makes a passkey", async () => {
  const { page } = ann;
  await press(page, "Sign in");
  await heading(page, "You are a guest").waitFor();
  expect(await findings(page), "guest").toEqual([]);
  await page.getByRole("textbox", { name: "Name" }).fill("Admin");
  await press(page, "Keep it");
  await failure(page).getByText("An account cannot have this name").waitFor();
  await page.getByRole("textbox", { name: "Name" }).fill("Zaphod");
  await press(page, "Keep it");
  await heading(page, "Zaphod").waitFor();
  await page.getByText("This account is on this device only.").waitFor();

  await annsKeys.refuse(true);
  await press(page, "Add a passkey");
  await failure(page).getByText("No passkey was made. The account is yours all the same.").waitFor();
  await annsKeys.refuse(false);
  await press(page, "Add a passkey");
  await page.getByText(/^Made on /).waitFor();
  expect(await failure(page).count()).toBe(0);
  expect(await annsKeys.passkeys()).toHaveLength(1);
  expect((await meOf(page)).account?.passkeys).toHaveLength(1);
  expect(await findings(page), "owner").toEqual([]);
  expect(await translatable(page, ["Zaphod"])).toEqual([]);
  await takePicture(page, "account-owner");

  await press(page, "Back to the title");
  await page.getByRole("button", { name: /^Level 1 Zaphod/ }).waitFor();
  expect(await page.getByRole("textbox", { name: "You play as" }).inputValue()).toBe("Zaphod");
  expect(ann.errors.filter((text) => !text.includes("422"))).toEqual([]);
});

test("[E2E-ACCOUNT-2] a name that looks like an account's is refused", async () => {
  const { page } = await openDevice();
  await page.getByRole("textbox", { name: "Name" }).fill("zaph0d");
  await press(page, "Keep it");
  await failure(page).getByText("This name is taken, or looks like one that is.").waitFor();
  expect((await meOf(page)).name).toBeNull();
});

test("[E2E-ACCOUNT-3] a second device signs in by the same passkey, and a copy of it from before is refused", async () => {
  const [before] = await annsKeys.passkeys();
  if (!before) throw new Error("Ann has no passkey");
  const second = await openDevice();
  await second.keys.hold([before]);
  await press(second.page, "Sign in with a passkey");
  await heading(second.page, "Zaphod").waitFor();
  expect((await meOf(second.page)).account?.devices).toBe(2);
  await second.page.getByText(/used on /).waitFor();

  const thief = await openDevice();
  await thief.keys.hold([{ ...before, signCount: 0 }]);
  await press(thief.page, "Sign in with a passkey");
  await failure(thief.page).getByText("another device seems to use a copy of it").waitFor();
  await heading(thief.page, "You are a guest").waitFor();
  // The device that was used last goes on.
  const [now] = await second.keys.passkeys();
  if (now) await annsKeys.hold([now]);
});

test("[E2E-ACCOUNT-4] a device without the passkey is told so, takes the account over by a scanned code, and nobody uses the code again", async () => {
  await press(ann.page, "Level 1 Zaphod");
  await press(ann.page, "Account");
  const code = await makeCode();
  expect(code).toMatch(/^\w{4}-\w{4}$/);
  await ann.page.getByText(/^Works for [45]:\d\d$/).waitFor();
  await takePicture(ann.page, "account-code");

  const phone = await stage.open({
    url: `${home()}/#account`,
    device: PHONE,
    viewport: { width: 390, height: 844 },
  });
  await giveAuthenticator(phone.page);
  await press(phone.page, "Sign in with a passkey");
  await failure(phone.page).getByText("No passkey was used.").waitFor();

  await phone.page.goto(`${home()}/#code=${code}`);
  const field = phone.page.getByRole("textbox", { name: "Code from another device" });
  await expect.poll(() => field.inputValue()).toBe(code);
  expect(new URL(phone.page.url()).hash).toBe("");
  await takePicture(phone.page, "account-scanned");
  await press(phone.page, "Sign in");
  await heading(phone.page, "Zaphod").waitFor();

  const other = await openDevice(`/#code=${code}`);
  await press(other.page, "Sign in");
  await failure(other.page).getByText("This code is wrong, used or too old.").waitFor();
});

test("[E2E-ACCOUNT-5] the owner downloads the data, removes the passkey, and signs out everywhere; the removed passkey opens nothing", async () => {
  const { page } = ann;
  await page.reload();
  await press(page, "Level 1 Zaphod");
  await press(page, "Account");
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download my data")]);
  expect(download.suggestedFilename()).toBe("fracas-Zaphod.json");

  await press(page, "Remove");
  await page
    .getByRole("group", { name: /^Remove this passkey\?/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await page.getByText(/^Made on /).waitFor({ state: "hidden" });
  expect((await meOf(page)).account?.passkeys).toEqual([]);

  await press(page, "Sign out everywhere");
  await page
    .getByRole("group", { name: /^Sign out on all devices\?/ })
    .getByRole("button", { name: "Sign out everywhere" })
    .click();
  await heading(page, "You are a guest").waitFor();
  expect((await meOf(page)).name).toBeNull();
  await press(page, "Sign in with a passkey");
  await failure(page).getByText("No account here has this passkey.").waitFor();
});

test("[E2E-ACCOUNT-6] an account is deleted only by its name, and its page is gone", async () => {
  const { page } = await openDevice();
  await page.getByRole("textbox", { name: "Name" }).fill("Trillian");
  await press(page, "Keep it");
  await heading(page, "Trillian").waitFor();
  await press(page, "Delete my account");
  const form = page.getByRole("form", { name: "Delete my account" });
  const really = form.getByRole("button", { name: "Delete my account" });
  await form.getByRole("textbox").fill("Trill");
  expect(await really.isDisabled()).toBe(true);
  await form.getByRole("textbox").fill("Trillian");
  await really.click();
  await heading(page, "You are a guest").waitFor();
  await page.goto(`${home()}/u/Trillian`);
  await page.getByText("Nobody has this name.").waitFor();
});

test("[E2E-ACCOUNT-7] without a database the title shows nothing of it, and the account screen says that nothing is lost", async () => {
  const player = await stage.open({
    url: home(),
    async prepare(context) {
      await withoutGame(context);
      await context.addInitScript(() => localStorage.setItem("fracas.identity", "a.b.c"));
      await context.route("**/api/me", (route) =>
        route.fulfill({ status: 503, json: { code: 503, error: "" } }),
      );
    },
  });
  const { page } = player;
  await press(page, "Sign in");
  await page.getByText("The server cannot reach its database right now.").waitFor();
  await page.context().unroute("**/api/me");
  await page.context().route("**/api/me", (route) => route.abort());
  await press(page, "Try again");
  await page.getByText("The server does not answer.").waitFor();
  await page.context().unroute("**/api/me");
  await press(page, "Try again");
  await heading(page, "You are a guest").waitFor();
});
