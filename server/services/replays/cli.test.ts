/** npm run replays, as a process. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { matchId } from "#server/testing/matches.ts";
import { GOLDEN, putReplay } from "#server/testing/replayFiles.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const CLI = fileURLToPath(new URL("cli.ts", import.meta.url));
const [FIRST, SECOND] = [matchId(Date.UTC(2026, 10, 27), 1), matchId(Date.UTC(2026, 10, 28, 9, 30), 2)];

test("[SHELF-15] operators list, pin, unpin and delete replays, also damaged ones, and nothing else", async () => {
  const dataDir = temporaryFolder("replays-cli");
  const folder = join(dataDir, "replays");
  const run = (...words: string[]) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
      execFile(process.execPath, [CLI, ...words], { env, timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr }),
      );
    });
  putReplay(folder, FIRST, GOLDEN.subarray(0, 90));
  putReplay(folder, SECOND);
  expect(await run("pin", FIRST)).toEqual({ code: 0, output: `pinned ${FIRST}\n` });
  const { output } = await run("list");
  const [newest, oldest, sum] = output.split("\n");
  expect(newest).toMatch(
    new RegExp(`^  ${SECOND}  2026-11-28 09:30 .* kB  teamDeathmatch on foundry, 23 s, 6 players$`),
  );
  expect(oldest).toMatch(new RegExp(`^\\* ${FIRST}  2026-11-27 00:00 .* This replay is damaged\\.$`));
  expect(sum).toBe("2 replays, 0.0 MB");
  expect((await run("unpin", FIRST)).code).toBe(0);
  expect((await run("delete", FIRST)).code).toBe(0);
  expect(existsSync(join(folder, `${FIRST}.replay`))).toBe(false);
  const wrong = await Promise.all([
    run("delete", FIRST),
    run("pin", "../fracas.db"),
    run("constructor", SECOND),
  ]);
  expect(wrong.map(({ code }) => code)).toEqual([1, 1, 2]);
  expect(existsSync(join(folder, `${SECOND}.replay`))).toBe(true);
});
