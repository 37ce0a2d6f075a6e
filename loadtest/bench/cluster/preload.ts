/**
 * Preloaded into every process of a server under test (`node --import`): collects garbage on SIGUSR2, and ends the first
 * process when the tool is gone. The others end with the first.
 */
import { FIRST } from "./first.ts";

process.on("SIGUSR2", () => void globalThis.gc?.());
if (process.env[FIRST] !== undefined) {
  // The processes that it starts must not inherit this.
  delete process.env[FIRST];
  process.on("disconnect", () => process.exit(1));
  process.channel?.unref();
}
