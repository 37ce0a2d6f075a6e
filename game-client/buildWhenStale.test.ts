/** When the page is built: in a copy of the tree with a page of one line, in which only contents decide. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const PARTS = [
  "buildWhenStale.ts",
  "sourceDigest.ts",
  "appIcons.ts",
  "precompress.ts",
  "preloadGame.ts",
  "phaser/usedParts.ts",
  "phaser/parts.js",
  "public/favicon.svg",
].map((name) => `game-client/${name}`);
/** The build names these two chunks in the page. */
const SCRIPT = 'import("./game.js"); import("./OverArena.js");';
/** Another user than root; a test that does not run as root is one already. */
const STRANGER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

let root: string;
const pageOf = (text: string) => `<p>${text}</p><script type="module" src="/main.js"></script>`;
const at = (path: string) => join(root, path);
const write = (path: string, text: string) => writeFileSync(at(path), text);
const built = () => readFileSync(at("dist/client/index.html"), "utf8");
const run = (user = {}) =>
  spawnSync(process.execPath, [at("game-client/buildWhenStale.ts")], {
    cwd: root,
    encoding: "utf8",
    ...user,
  });

beforeEach(() => {
  root = temporaryFolder("stale");
  chmodSync(root, 0o755);
  for (const folder of ["game-client", "game-client/phaser", "game-client/public", "shared"])
    mkdirSync(at(folder));
  for (const part of ["package.json", "package-lock.json", "vite.config.ts", ...PARTS]) {
    cpSync(join(REPOSITORY, part), at(part));
  }
  symlinkSync(join(REPOSITORY, "node_modules"), at("node_modules"));
  write("game-client/main.js", SCRIPT);
  for (const chunk of ["game", "OverArena"]) write(`game-client/${chunk}.js`, `console.log("${chunk}")`);
  write("game-client/index.html", pageOf("first"));
});

test("[BUILD-1] a source with other content is built, however old it is; one that is only newer is not", () => {
  expect(run().status).toBe(0);
  expect(built()).toContain("first");
  write("dist/client/index.html", "as built");
  utimesSync(at("game-client/index.html"), new Date(), new Date(Date.now() + 3_600_000));
  expect(run().status).toBe(0);
  expect(built()).toBe("as built");
  write("game-client/index.html", pageOf("update"));
  utimesSync(at("game-client/index.html"), new Date(0), new Date(0));
  expect(run().status).toBe(0);
  expect(built()).toContain("update");
});

test("[BUILD-2] a user who cannot write serves a stale page as it is, with a line that names folder and command", () => {
  expect(run().status).toBe(0);
  write("game-client/index.html", pageOf("update"));
  for (const folder of ["dist/client", "dist", ""]) chmodSync(at(folder), 0o555);
  const { status, stderr } = run(STRANGER);
  for (const folder of ["", "dist", "dist/client"]) chmodSync(at(folder), 0o755);
  expect(status).toBe(0);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(at("dist/client"));
  expect(stderr).toContain("npm run build");
  expect(built()).toContain("first");
});

test("[BUILD-3] a user who cannot write does not start without a page, with the same line", () => {
  chmodSync(at(""), 0o555);
  const { status, stderr } = run(STRANGER);
  chmodSync(at(""), 0o755);
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain("npm run build");
  expect(existsSync(at("dist"))).toBe(false);
});

test("[BUILD-4] a user who may write the build alone needs no other folder", () => {
  mkdirSync(at("dist"));
  if (STRANGER.uid !== undefined) chownSync(at("dist"), STRANGER.uid, STRANGER.gid);
  chmodSync(at(""), 0o555);
  const { status } = run(STRANGER);
  chmodSync(at(""), 0o755);
  expect(status).toBe(0);
  expect(built()).toContain("first");
});

test("[DEPLOY-6] without the packages that build the page, a line says which install brings them", () => {
  rmSync(at("node_modules"));
  const missing = run();
  expect(missing.status).toBe(1);
  expect(missing.stderr.trim().split("\n")).toHaveLength(1);
  expect(missing.stderr).toContain("npm install --include=dev");
  mkdirSync(at("dist/client"), { recursive: true });
  write("dist/client/index.html", "as built");
  expect(run().status).toBe(0);
});
