/** npm run replays: lists, pins and deletes the recorded matches of this machine, for operators. A server may run meanwhile. */
import { ConfigError, parseConfig } from "#server/config.ts";
import { beganAtMs } from "#server/services/matchId.ts";
import { replaysFolder } from "#server/store/places.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { Shelf, type Shelved } from "./shelf.ts";

const USAGE = `npm run replays -- COMMAND

  list           the replays of this machine, the newest first; * marks a pinned one
  pin ID         keeps a replay whatever REPLAYS_MAX, REPLAYS_DAYS and REPLAYS_MAX_MB say; it still counts
  unpin ID       gives it back to these bounds
  delete ID      deletes a replay, pinned or not

DATA_DIR is that of the server. Exit code 0: done; 1: there is no such replay, or a file could not be changed; 2: the
command is wrong.`;

type Act = (shelf: Shelf, id: string) => Promise<boolean>;
const ACTS: Readonly<Record<string, { readonly act: Act; readonly done: string }>> = {
  pin: { act: (shelf, id) => shelf.pin(id), done: "pinned" },
  unpin: { act: (shelf, id) => shelf.unpin(id), done: "unpinned" },
  delete: { act: (shelf, id) => shelf.delete(id), done: "deleted" },
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

/** Returns the exit code. */
async function run([command = "--help", id, ...others]: string[]): Promise<number> {
  const shelf = new Shelf(replaysFolder(parseConfig(process.env).dataDir));
  if (command === "--help") return say(USAGE);
  if (command === "list" && id === undefined) return say(await tableOf(shelf));
  const known = Object.hasOwn(ACTS, command) ? ACTS[command] : undefined;
  if (!known || id === undefined || others.length > 0) {
    console.error(USAGE);
    return 2;
  }
  if (await known.act(shelf, id)) return say(`${known.done} ${id}`);
  console.error(`No replay was ${known.done}: DATA_DIR has none that is called ${id}, or it was not pinned.`);
  return 1;
}

function say(text: string): number {
  console.log(text);
  return 0;
}

async function tableOf(shelf: Shelf): Promise<string> {
  const shelved = await shelf.list();
  const lines: string[] = [];
  for (const each of shelved) lines.push(await lineOf(shelf, each));
  const megabytes = shelved.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  return [...lines, `${shelved.length} replays, ${megabytes.toFixed(1)} MB`].join("\n");
}

async function lineOf(shelf: Shelf, { id, bytes, isPinned }: Shelved): Promise<string> {
  const began = new Date(beganAtMs(id)).toISOString().slice(0, 16).replace("T", " ");
  const size = `${Math.ceil(bytes / 1000)} kB`.padStart(9);
  return `${isPinned ? "*" : " "} ${id}  ${began}  ${size}  ${await contentOf(shelf, id)}`;
}

async function contentOf(shelf: Shelf, id: string): Promise<string> {
  try {
    const info = await shelf.info(id);
    if (!info) return "deleted meanwhile";
    const { head, segments, people } = info;
    const seconds = Math.round((segments.at(-1)?.toMs ?? 0) / 1000);
    return `${head.mode} on ${head.map}, ${seconds} s, ${people.length} players${head.isHosted ? ", hosted" : ""}`;
  } catch (error) {
    if (error instanceof ReplayError) return error.message;
    throw error;
  }
}
