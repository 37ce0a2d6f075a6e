/** Plays a match of bots in a hosted room, ends it, and waits for its replay; and waits for a page that shows it. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Client } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import type { HostAction } from "#shared/protocol/host.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const EXTENSION = ".replay";

/** More than a segment, so that a jump may fetch another one. */
const SECONDS_MIN = 8;
const KILLS_MIN = 4;

/** `dataDir`: the server's. Resolves to what the server says about the replay. */
export async function recordMatch(
  url: string,
  dataDir: string,
  settings: Partial<RoomSettings> = {},
): Promise<ReplayInfo> {
  const room = await new Client(url).create<ArenaState>(ROOM.arena, {
    name: "Ann",
    private: true,
    settings: RoomSettings.parse({
      ...{ mode: "deathmatch", map: "anvil", bots: 7, botSkill: "hard", scoreLimit: 100 },
      ...settings,
    }),
  });
  room.onMessage("*", () => {});
  const host = (action: HostAction) => room.request(MESSAGE.host, action);
  let liveSince: number | undefined;
  await host({ do: "start" });
  await new Promise<void>((resolve) => {
    room.onStateChange(({ phase, tick, roster }) => {
      if (phase === "live") liveSince ??= tick;
      const kills = Array.from(roster.values()).reduce((sum, seat) => sum + seat.kills, 0);
      const isLong = liveSince !== undefined && tick - liveSince > SECONDS_MIN * 30;
      if (isLong && kills >= KILLS_MIN) resolve();
    });
  });
  const before = recorded(dataDir);
  await host({ do: "end" });
  const id = await firstNew(dataDir, before);
  await room.leave();
  const response = await fetch(url + pathTo(ROUTE.replay, { id }));
  return response.json() as Promise<ReplayInfo>;
}

/** Resolves when the page shows a replay, and drones are in its picture. */
export async function seesReplay(page: Page): Promise<void> {
  await page.locator(".replay-bar").waitFor();
  await page.waitForFunction(() => (window.fracas?.drones().length ?? 0) > 0);
}

function recorded(dataDir: string): readonly string[] {
  try {
    return readdirSync(join(dataDir, "replays")).filter((name) => name.endsWith(EXTENSION));
  } catch {
    return [];
  }
}

async function firstNew(dataDir: string, before: readonly string[]): Promise<string> {
  for (;;) {
    const name = recorded(dataDir).find((each) => !before.includes(each));
    if (name !== undefined) return basename(name, EXTENSION);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
