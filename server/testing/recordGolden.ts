/**
 * npm run golden: records the golden replay of this PROTOCOL_VERSION from a seed, and writes how its match ended beside it.
 * A golden replay is never recorded again once a release has its protocol: it stands for the files that players have.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { scoreboardOf } from "#shared/testing/scoreboard.ts";
import { recordSeededMatch } from "./seededReplay.ts";

const FOLDER = fileURLToPath(new URL("../../shared/replay/golden/", import.meta.url));
const name = `protocol-${PROTOCOL_VERSION}`;

if (existsSync(`${FOLDER}${name}.replay`) && !process.argv.includes("--again")) {
  console.error(`${name}.replay exists. Delete it, or say --again, if no release has this protocol.`);
  process.exitCode = 1;
} else {
  const { file, state } = await recordSeededMatch();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${name}.replay`, file);
  writeFileSync(`${FOLDER}${name}.json`, `${JSON.stringify(scoreboardOf(state), undefined, 2)}\n`);
  console.log(`${name}.replay: ${file.length} bytes`);
}
