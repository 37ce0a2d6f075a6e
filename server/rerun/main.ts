/** npm run rerun: simulates an incident again, for developers. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Incident, IncidentError, readIncident } from "#server/rooms/flight/incident.ts";
import { hashText } from "#shared/game/worldHash.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type Outcome, rerun } from "./rerun.ts";

const USAGE = `npm run rerun -- FILE [--until TICK] [--hashes] [--watch]

Simulates an incident (DATA_DIR/incidents) again, to the same bit, and stops at the first tick that fails or differs.

  --until TICK   stops after this tick, and shows the drones
  --hashes       prints the world's hash after each tick
  --watch        runs again whenever a source file changes

Exit code 0: every tick is as in the room; 1: a tick throws, differs or breaks an invariant; 2: wrong use, or a file that
cannot be simulated.`;

/** Exit code after Ctrl+C, as shells have it. */
const INTERRUPTED = 130;

const say = (label: string, text: string) => console.log(`${label.padEnd(11)}${text}`);

process.exitCode = await run(process.argv.slice(2));

async function run(words: string[]): Promise<number> {
  try {
    const options = {
      until: { type: "string" },
      hashes: { type: "boolean" },
      watch: { type: "boolean" },
    } as const;
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    const [file, ...rest] = positionals;
    const until = values.until === undefined ? undefined : Number(values.until);
    if (file === undefined || rest.length > 0 || (until !== undefined && !Number.isSafeInteger(until))) {
      console.error(USAGE);
      return 2;
    }
    if (values.watch) return await runOnChange(words);
    const incident = await readIncident(await readFile(file));
    describe(incident);
    const onTick = (tick: number, hash: number, recorded: number | undefined) => {
      if (values.hashes)
        say(`tick ${tick}`, hashText(hash) + (recorded === hash ? "" : ", which the room has not"));
    };
    return tell(incident, rerun(incident, { until, onTick }));
  } catch (error) {
    // parseArgs and the file system say what is wrong in a line; anything else is a defect of this tool.
    const isKnown = error instanceof IncidentError || (error as NodeJS.ErrnoException).code !== undefined;
    console.error(isKnown ? (error as Error).message : error);
    return 2;
  }
}

/** Node starts the command again when a file that it has imported changes. */
function runOnChange(words: readonly string[]): Promise<number> {
  const [script = ""] = process.argv.slice(1);
  const args = [
    "--watch",
    "--watch-preserve-output",
    "run.js",
    script,
    ...words.filter((word) => word !== "--watch"),
  ];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? INTERRUPTED)));
}

function describe({ kind, room, atMs, protocol, what, tick, legs }: Incident): void {
  say("incident", `${kind} in room ${room} at tick ${tick}, ${new Date(atMs).toISOString()}: ${what}`);
  if (protocol !== PROTOCOL_VERSION)
    say("protocol", `${protocol}; these sources have ${PROTOCOL_VERSION}, whose rules may differ`);
  const [first] = legs;
  if (!first)
    throw new IncidentError("nothing was recorded: the room had not run a tick, or its world fits no file");
  const ticks = legs.reduce((sum, { hashes, threw }) => sum + hashes.length + (threw ? 1 : 0), 0);
  const drones = Math.max(...legs.map(({ start }) => start.world.drones.length));
  say(
    "recorded",
    `${ticks} ticks from ${first.start.world.state.tick + 1} on, in ${legs.length} legs; up to ${drones} drones on ${first.map}`,
  );
}

/** Returns the exit code. */
function tell(incident: Incident, outcome: Outcome): number {
  switch (outcome.is) {
    case "same":
      say("same", `all ${outcome.ticks} ticks are as in the room`);
      if (incident.kind === "throw" && !incident.legs.at(-1)?.threw) {
        say("", "The error came from outside the simulation:");
        console.log(incident.stack);
      }
      return 0;
    case "until":
      say("stopped", `after tick ${outcome.tick}`);
      for (const [id, { x, y, hp, score, team }] of outcome.world.state.drones.entries())
        say("", `${id}  ${x}, ${y}  hp ${hp}  score ${score}  team ${team}`);
      return 0;
    case "differs":
      say(
        `tick ${outcome.tick}`,
        `DIFFERS: ${hashText(outcome.hash)}, in the room ${hashText(outcome.recorded)}`,
      );
      return 1;
    case "throws":
      say(
        `tick ${outcome.tick}`,
        outcome.inRoom ? "THROWS, as in the room:" : "THROWS, but not in the room:",
      );
      console.log(outcome.error);
      return 1;
    case "breaks":
      say(`tick ${outcome.tick}`, `BREAKS an invariant: ${outcome.what}`);
      return 1;
  }
}
