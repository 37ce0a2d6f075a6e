import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

test("[CONFIG-1] an empty environment has defaults; an empty variable counts as not set", () => {
  const defaults = { port: 2567, host: "0.0.0.0", logLevel: "info" };
  expect(parseConfig({})).toEqual(defaults);
  expect(parseConfig({ PORT: "", HOST: " ", LOG_LEVEL: "" })).toEqual(defaults);
});

test("[CONFIG-2] variables are read", () => {
  const environment = { PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "debug" };
  expect(parseConfig(environment)).toEqual({ port: 0, host: "127.0.0.1", logLevel: "debug" });
});

test.each([
  [{ PORT: "eighty" }, 'PORT is "eighty", but allowed is a whole number from 0 (any free port) to 65535.'],
  [{ PORT: "65536" }, 'PORT is "65536", but allowed is a whole number from 0 (any free port) to 65535.'],
  [{ PORT: "-1" }, 'PORT is "-1", but allowed is a whole number from 0 (any free port) to 65535.'],
  [{ PORT: "2567.5" }, 'PORT is "2567.5", but allowed is a whole number from 0 (any free port) to 65535.'],
  [
    { HOST: "a b" },
    'HOST is "a b", but allowed is an address or a host name to listen on, such as 127.0.0.1.',
  ],
  [
    { LOG_LEVEL: "loud" },
    'LOG_LEVEL is "loud", but allowed is one of fatal, error, warn, info, debug, trace, silent.',
  ],
])("[CONFIG-3] %j stops the start with one line", (environment, line) => {
  expect(() => parseConfig(environment)).toThrow(new Error(line));
});
