/** `npm run badnet`: play through a bad network, and make it worse with a key. */
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { type BadNetwork, type BadNetworkOptions, openBadNetwork } from "./badNetwork.ts";
import { helpText, parseBadnetOptions } from "./badnetOptions.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const options = parseBadnetOptions(process.argv.slice(2));
  if (options === "help") say(helpText());
  else await run(options);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function run(options: Required<BadNetworkOptions>): Promise<void> {
  const network = await openBadNetwork(options);
  say(describe(network, options.target));
  const quit = () => {
    // Read on, a terminal would keep the process alive.
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
  if (bytesPerSec > 0) parts.push(`${bytesPerSec / 1000} kB a second each way`);
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
      say(isHole ? "black hole" : "no black hole: what it had swallowed from is cut");
    },
    o() {
      isOnline = !isOnline;
      network.setOnline(isOnline);
      say(isOnline ? "online" : "offline");
    },
    q: quit,
    // A raw terminal makes no signal of Ctrl-C.
    "\u0003": quit,
  };
  say("keys: c cut, b black hole on and off, o offline and online, q quit");
  process.stdin.setRawMode(true).setEncoding("utf8");
  process.stdin.on("data", (typed: string) => {
    for (const key of typed) keys[key]?.();
  });
}

/** One line for what the user can mend; a fault of ours keeps its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof OptionError) return error.message;
  const isRefused = "syscall" in error && error.syscall === "listen";
  return isRefused ? `--port: ${error.message}; name another, or 0 for any free one.` : String(error.stack);
}
