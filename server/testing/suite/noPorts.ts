/** Set-up file of the unit project: makes a test fail that opens a port. */
import { Server } from "node:net";

Server.prototype.listen = () => {
  throw new Error(
    "A unit test must not open a port: import server/testing/bootServer.ts, and the test runs in the server project.",
  );
};
