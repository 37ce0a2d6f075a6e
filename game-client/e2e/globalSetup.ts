/** Starts the one Chromium that all browser tests share. */
import type { TestProject } from "vitest/node";
import { ensureChromium, serveChromium } from "./chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** WebSocket URL of the shared Chromium. */
    chromium: string;
  }
}

/** Vitest calls what this resolves to after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureChromium();
  const server = await serveChromium();
  project.provide("chromium", server.wsEndpoint());
  return () => server.close();
}
