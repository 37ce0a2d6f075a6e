/**
 * /admin: Colyseus' monitor, a room's last minute as a file, brought arenas featured or removed, and in development Colyseus' playground, behind HTTP Basic
 * with the user "admin" and ADMIN_PASSWORD. Without ADMIN_PASSWORD the route does not exist.
 */
import express, { type RequestHandler, type Router } from "express";
import helmet from "helmet";
import { z } from "zod";
import { orThrow } from "#server/admission/refusals.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { Limits } from "#server/edge/limits.ts";
import type { Locate } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import { isSecret } from "#server/edge/secrets.ts";
import type { KeptArenas } from "#server/services/arenas/keptArenas.ts";
import { monitorRoute } from "./monitor.ts";

const ArenaOrder = z.union([
  z.strictObject({ featured: z.boolean() }),
  z.strictObject({ removed: z.literal(true) }),
]);

export interface AdminRules {
  adminPassword: string | undefined;
  production: boolean;
}

/** Allows inline styles, which Colyseus' panels use. */
const PANEL_POLICY = helmet.contentSecurityPolicy({
  directives: { styleSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null },
});

export async function adminRoute(
  locate: Locate,
  limits: Limits,
  rooms: Rooms,
  arenas: Pick<KeptArenas, "feature" | "remove">,
  { adminPassword, production }: AdminRules,
): Promise<Router> {
  const router = express.Router();
  if (!adminPassword) return router;
  router.use("/admin", requireAdminPassword(locate, limits, adminPassword), PANEL_POLICY);
  router.post("/admin/*path", assertSiteIsKnown);
  router.post("/admin/rooms/:code/incident", async ({ params: { code } }, response) => {
    const path = orThrow(await rooms.ask(code, "incident", null));
    if (path === null) throw new Refused(503, "The incident could not be written: see the log.");
    response.status(201).json({ path, rerun: `npm run rerun -- ${path}` });
  });
  router.post("/admin/arenas/:sha256", express.json(), async ({ params: { sha256 }, body }, response) => {
    const parsed = ArenaOrder.safeParse(body);
    if (!parsed.success)
      throw new Refused(400, 'Allowed are {"featured": true}, {"featured": false}, {"removed": true}.');
    const order = parsed.data;
    const isDone =
      "featured" in order
        ? await arenas.feature(sha256, order.featured)
        : (await arenas.remove(sha256, undefined)) === "removed";
    if (!isDone) throw new Refused(404, "There is no such arena that can be played.");
    response.json(order);
  });
  if (!production) {
    // Loaded only in development, because it patches every room.
    const { playground } = await import("@colyseus/playground");
    router.use("/admin/playground", playground());
  }
  router.use("/admin", monitorRoute(rooms, assertSiteIsKnown));
  return router;
}

/** For requests that change something: over plain http, browsers send no Sec-Fetch-Site that shows which site asks. */
const assertSiteIsKnown: RequestHandler = ({ headers }, _response, next) => {
  if (headers["sec-fetch-site"] === undefined && headers["user-agent"]?.includes("Mozilla")) {
    throw new Refused(
      403,
      "Over plain http, browsers do not say which site asks: act here over https, or on the machine itself.",
    );
  }
  next();
};

function requireAdminPassword(locate: Locate, limits: Limits, password: string): RequestHandler {
  const expected = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
  return async (request, response, next) => {
    const { authorization, "sec-fetch-site": site } = request.headers;
    // A browser adds the password by itself, even to requests that another site makes.
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new Refused(403, "Not from another site.");
    }
    const { network } = locate(request);
    const visitor = { network, identity: undefined, isExempt: false };
    if (authorization !== undefined) await limits.count("adminPassword", visitor);
    if (isSecret(authorization, expected)) {
      await limits.refund("adminPassword", visitor);
      return next();
    }
    response.setHeader("WWW-Authenticate", 'Basic realm="Fracas"');
    throw new Refused(401, "The password is missing or wrong.");
  };
}
