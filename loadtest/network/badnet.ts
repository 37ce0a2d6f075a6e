/** `npm run badnet`: a bad network in front of a local server, with keys that make it fail. */
import { errorText, HELP } from "#loadtest/lib/cli/options.ts";
import { type BadNetwork, type BadNetworkOptions, openBadNetwork } from "./badNetwork.ts";
import { helpText, parseBadnetOptions } from "./badnetOptions.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const options = parseBadnetOptions(process.argv.slice(2));
  if (options === HELP) say(helpText());
  else await run(options);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function run(options: Required<BadNetworkOptions>): Promise<void> {
  const network = await openBadNetwork(options);
  say(describe(network, options.target));
  const quit = () => {
    // An open stdin would keep the process alive.
    process.stdin.pause();
    void network.close();
  };
  process.once("SIGINT", quit);
  process.once("SIGTERM", quit);
  if (process.stdin.isTTY) listenToKeys(network, quit);
}

function describe({ url, conditions }: BadNetwork, target: BadNetworkOptions["target"]): string {
  const { rttMs, jitterMs, stallShare, stallMs, bytesPerSec } = conditions;
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  const parts = [`open ${url} → ${host}:${target.port}`, `rtt ${rttMs} ± ${jitterMs} ms`];
  if (stallShare > 0) {
    parts.push(`stalls of ${stallMs} ms on ${Number((stallShare * 100).toFixed(3))} % of the chunks`);
  }
  if (bytesPerSec > 0) parts.push(`${bytesPerSec / 1000} kB/s each way`);
  return parts.join(", ");
}

function listenToKeys(network: BadNetwork, quit: () => void): void {
  let isHole = false;
  let isOnline = true;
  const keys: Record<string, () => void> = {
    c() {
      network.cut();
      say("cut");
    },
    b() {
      isHole = !isHole;
      network.blackHole(isHole ? "both" : "none");
      say(isHole ? "black hole" : "no black hole: connections with lost bytes are cut");
    },
    o() {
      isOnline = !isOnline;
      network.setOnline(isOnline);
      say(isOnline ? "online" : "offline");
    },
    q: quit,
    // In raw mode Ctrl+C is a character, not a signal.
    "\u0003": quit,
  };
  say("keys: c cut, b black hole on and off, o offline and online, q quit");
  process.stdin.setRawMode(true).setEncoding("utf8");
  process.stdin.on("data", (typed: string) => {
    for (const key of typed) keys[key]?.();
  });
}

/** One line for a wrong option or a port that is taken; the stack of any other error. */
function explain(error: unknown): string {
  const isTaken = error instanceof Error && "syscall" in error && error.syscall === "listen";
  return isTaken ? `--port: ${error.message}; choose another, or 0 for any free port.` : errorText(error);
}
