/** The process of all clients, so that the server has a core to itself. It obeys one order after the other. */
import { answerWith } from "#loadtest/bench/measure/childProcess.ts";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import { type Count, Swarm } from "./swarm.ts";

export type ToClients =
  | { readonly do: "join"; readonly server: ServerName; readonly port: number; readonly scenario: Scenario }
  | { readonly do: "start" | "reset" | "count" };

export type FromClients = { readonly count: Count } | { readonly done: true } | { readonly failed: string };

const swarm = new Swarm();

async function obey(order: ToClients): Promise<FromClients> {
  if (order.do === "count") return { count: swarm.count() };
  if (order.do === "join") await swarm.join(order.server, order.port, order.scenario);
  else swarm[order.do]();
  return { done: true };
}

process.on("message", (order: ToClients) => {
  obey(order).then(answerWith, (error: Error) => answerWith({ failed: error.message } satisfies FromClients));
});
process.on("disconnect", () => process.exit(0));
