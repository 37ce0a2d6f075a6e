/**
 * The page of Colyseus' monitor, and the three requests that it sends. Answers them from the directory and by questions to
 * rooms, because the monitor's own answers know the rooms of one process only, and call any method of a room.
 */
import { availableParallelism, freemem, loadavg, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import type { RoomRow } from "#server/admission/directory.ts";
import { orThrow } from "#server/admission/refusals.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { Refused } from "#server/edge/refused.ts";

const PAGE = join(dirname(fileURLToPath(import.meta.resolve("@colyseus/monitor"))), "static");

/** Columns of the page's table, in its words. */
const COLUMNS = ["roomId", "name", "clients", "maxClients", "locked", "elapsedTime", "processId"];

/** What the page does to a room: a method's name, and its arguments as JSON. Its other dialogs are refused. */
const Call = z.union([
  z.object({ method: z.literal("disconnect"), args: z.literal("[]") }),
  z.object({ method: z.literal("_forceClientDisconnect"), args: z.string().regex(/^\["[\w-]{1,32}"\]$/) }),
]);

const Asked = z.object({ roomId: z.string().max(64) });

/** Mount it at the page's path. `assertSiteIsKnown`: for requests that change something. */
export function monitorRoute(rooms: Rooms, assertSiteIsKnown: RequestHandler): Router {
  const router = express.Router();
  router.get("/api", (_request, response) => {
    response.json(overviewOf([...rooms.directory.own.values()]));
  });
  router.get("/api/room", async ({ query }, response) => {
    const { roomId } = parse(Asked, query);
    response.type("json").send(orThrow(await rooms.ask(roomId, "inspect", null)));
  });
  router.get("/api/room/call", assertSiteIsKnown, async ({ query }, response) => {
    const { method, args } = parse(Call, query);
    const { roomId } = parse(Asked, query);
    const [seat]: string[] = method === "disconnect" ? [] : JSON.parse(args);
    orThrow(await rooms.ask(roomId, "disconnect", { seat }));
    response.json({});
  });
  router.use(express.static(PAGE));
  return router;
}

/** Throws Refused. */
function parse<Parsed>(form: z.ZodType<Parsed>, query: unknown): Parsed {
  const { success, data } = form.safeParse(query);
  if (!success) throw new Refused(403, "This is not for the monitor.");
  return data;
}

const MB = 1024 * 1024;

/** `memory`: the machine's, and of this process alone, which `processId` names. */
function overviewOf(rows: readonly RoomRow[]) {
  return {
    columns: COLUMNS,
    rooms: rows.map((row) => ({
      ...row,
      maxClients: `${row.maxClients}`,
      locked: row.locked ?? false,
      elapsedTime: Date.now() - new Date(row.createdAt ?? Date.now()).getTime(),
    })),
    connections: rows.reduce((sum, { clients }) => sum + clients, 0),
    cpu: ((loadavg()[0] ?? 0) / availableParallelism()) * 100,
    memory: {
      totalMemMb: totalmem() / MB,
      usedMemMb: (totalmem() - freemem()) / MB,
      rssMb: process.memoryUsage.rss() / MB,
      processId: "front",
    },
  };
}
