/** A proxy that serves Fracas in a path of another site, where the page's files are not at /assets. */
import { createServer, request } from "node:http";
import { afterAll, beforeAll, inject, test } from "vitest";
import { connectChromium } from "./chromium.ts";
import { openPage, takePicture } from "./harness.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";

const PATH = "/fracas";
let server: ServerProcess;
/** Passes what is below PATH on without the path; answers 404 to everything else. */
const site = createServer((asked, answer) => {
  if (!asked.url?.startsWith(PATH)) return void answer.writeHead(404).end();
  const url = `${server.url}${asked.url.slice(PATH.length)}`;
  request(url, (passed) => {
    answer.writeHead(passed.statusCode ?? 502, passed.headers);
    passed.pipe(answer);
  }).end();
});

beforeAll(async () => {
  server = await startServer(0);
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  site.close();
  site.closeAllConnections();
  await server.stop();
});

test("[E2E-20] in a path of another site the page says that it needs a host name of its own", async () => {
  const browser = await connectChromium(inject("chromium"));
  const address = site.address();
  const port = typeof address === "object" ? address?.port : 0;
  const { page } = await openPage(browser, `http://127.0.0.1:${port}${PATH}/`);
  await page.getByText("needs a host name of its own").waitFor({ state: "visible" });
  await takePicture(page, "sub-path");
  await browser.close();
});
