/** `npm run loadtest -- --tui`: runs the screen of @colyseus/loadtest with our bots. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { LoadOptions } from "./options.ts";
import { openTarget } from "./target.ts";

const BOT_FILE = fileURLToPath(new URL("tui.ts", import.meta.url));

/** Resolves when the screen is closed. */
export async function openScreen({ endpoint, clients, rampSec }: LoadOptions): Promise<void> {
  if (!process.stdout.isTTY) throw new OptionError("--tui needs a terminal.");
  const target = await openTarget(endpoint, clients, clients);
  try {
    const args = [
      "--room",
      ROOM.arena,
      "--numClients",
      String(clients),
      "--endpoint",
      target.endpoint.replace(/^http/, "ws"),
    ];
    const delayMs = Math.round((rampSec * 1000) / clients);
    const screen = spawn(process.execPath, [BOT_FILE, ...args, "--delay", String(delayMs)], {
      stdio: "inherit",
      env: { ...process.env, BOT_TOKEN: target.botToken },
    });
    await once(screen, "exit");
  } finally {
    await target.stop();
  }
}
