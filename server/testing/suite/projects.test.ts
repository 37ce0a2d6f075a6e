import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { importsOf, LISTED, sortTestFiles } from "./projects.ts";

const projects = sortTestFiles();

describe("Vitest's projects", () => {
  test("[SUITE-1] a test that boots a server, starts a process or drives a browser is not a unit test", () => {
    const beyondUnit =
      /from "(?:#server\/testing\/(?:bootServer|serverProcess|redis)\.ts|node:child_process|playwright-core)"/;
    const source = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
    expect([...projects.unit, ...projects.long].filter((file) => beyondUnit.test(source(file)))).toEqual([]);
    expect(projects.server).toContain("server/rooms/ArenaRoom.test.ts");
    expect(projects.server).toContain("server/main.test.ts");
    expect(projects.browser).toContain("game-client/e2e/fight.test.ts");
  });

  test("[SUITE-2] a unit test that opens a port fails and names the remedy", () => {
    expect(() => createServer().listen(0, "127.0.0.1")).toThrow(/unit test must not open a port/);
  });

  test("[SUITE-4] each listed ending is that of exactly one test file", () => {
    for (const project of ["alone", "long"] as const) {
      for (const ending of LISTED[project]) {
        expect(projects[project].filter((file) => file.endsWith(`/${ending}`))).toHaveLength(1);
      }
    }
  });

  test("[SUITE-3] type imports do not count, lazy and indirect ones do", () => {
    expect(importsOf("game-client/e2e/rooms.test.ts")).not.toContain("game-client/net/connection.ts");
    expect(importsOf("game-client/main.ts")).toContain("phaser");
  });
});
