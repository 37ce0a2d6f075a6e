/** Reads deploy/Dockerfile and .dockerignore, as far as they use Docker's language. */
import { readFileSync } from "node:fs";
import { matchesGlob } from "node:path";

export interface Instruction {
  /** Such as RUN, in capitals. */
  readonly word: string;
  readonly rest: string;
}

/** All instructions of a Dockerfile, with continued lines joined, and without comments. */
export function readDockerfile(file: string): Instruction[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !/^\s*(#|$)/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => {
      const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      if (!word || !rest) throw new Error(`not an instruction of a Dockerfile: ${line}`);
      return { word, rest };
    });
}

/** The command of CMD or of HEALTHCHECK's CMD, written as a JSON array or as words for a shell. */
export function commandOf(rest: string): string[] {
  return rest.startsWith("[") ? (JSON.parse(rest) as string[]) : ["/bin/sh", "-c", rest];
}

/** Whether a .dockerignore leaves a path out of the build: a pattern matches the path, or a folder above it. */
export function createIgnored(file: string): (path: string) => boolean {
  const patterns = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  return (path) => {
    const parts = path.split("/");
    const above = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    return patterns.some((pattern) => above.some((each) => matchesGlob(each, pattern)));
  };
}
