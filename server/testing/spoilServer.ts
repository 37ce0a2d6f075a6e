/** Loaded before main.ts: makes the server fail in the way that a test requests over IPC. */
import { LocalDirectory } from "#server/admission/directory.ts";
import { log } from "#server/log.ts";
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";

const spoiled = () => new Error("spoiled by a test");

const SPOILS = {
  throw: () => {
    setImmediate(() => {
      throw spoiled();
    });
  },
  reject: () => void Promise.reject(spoiled()),
  hangOnDispose: () => {
    ArenaRoom.prototype.onDispose = () => new Promise<void>(() => {});
  },
  throwOnAnnouncement: () => {
    ArenaRoom.prototype.announceRestart = () => {
      throw spoiled();
    };
  },
  failDirectory: () => {
    Object.defineProperty(LocalDirectory.prototype, "own", {
      get() {
        throw spoiled();
      },
    });
  },
  /** 20 MB: more than any pipe and the log's own bound hold. */
  floodLog: () => {
    const filler = "x".repeat(1000);
    for (let line = 0; line < 20_000; line++) log.warn({ filler }, "flooded by a test");
  },
};

export type Spoil = keyof typeof SPOILS;

// Room processes load this file as well: there the channel is the front's, and must keep the process alive.
if (process.argv[1]?.endsWith("main.ts")) {
  process.on("message", (how: Spoil) => {
    SPOILS[how]();
    process.send?.(how);
  });
  // The IPC channel alone must not keep the process alive.
  process.channel?.unref();
}
