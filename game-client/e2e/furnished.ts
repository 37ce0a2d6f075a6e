/** A server with what fills every screen: accounts with matches, a leaderboard, and a hosted room in the list. */
import { Client, type Room } from "@colyseus/sdk";
import { ROUTE } from "#shared/protocol/http.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { leaveResult, type Member } from "./leftResult.ts";
import { recordMatch } from "./recordedMatch.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";

export interface Furnished {
  readonly server: ServerProcess;
  /** The identity token of the account with the most matches. */
  readonly token: string;
  /** Code of a hosted room in the list, whose host stands still. */
  readonly code: string;
  /** A finished match, for its page. */
  readonly match: string;
  /** A match that can be watched again. */
  readonly replay: string;
  stop(): Promise<void>;
}

/** The last one is the player whose pages are shown; the longest name that is allowed is among them. */
const NAMES = ["Arthur", "WWWWWWWWWWWWWWWW", "Slarti", "Zarniwoop"] as const;
const MATCHES = 12;
const SIGN_OF_LIFE_EVERY_MS = 20_000;

/** The public matches are short, so that their results come soon. */
const settings = () => ({ MATCH_SECONDS: "12", DATA_DIR: temporaryFolder("furnished") });

export async function startFurnished(): Promise<Furnished> {
  const environment = settings();
  const first = await startServer(0, environment);
  const members = await Promise.all(NAMES.map((name) => makeMember(first.url, name)));
  const own = members[NAMES.length - 1];
  if (!own) throw new Error("nobody to show");
  const ids = Array.from({ length: MATCHES }, (_, number) =>
    leaveResult(environment.DATA_DIR, number, members.toReversed(), {
      medals: number % 2 ? ["kills", "streak", "accuracy"] : [],
    }),
  );
  await first.stop();
  const server = await startServer(Number(new URL(first.url).port), environment);
  const { head } = await recordMatch(server.url, environment.DATA_DIR);
  const { room, leave } = await hostForList(server.url);
  return {
    ...{ server, token: own.token, code: room.roomId, match: ids[0] ?? "", replay: head.match },
    async stop() {
      await leave();
      await server.stop();
    },
  };
}

async function makeMember(url: string, name: string): Promise<Member & { token: string }> {
  const post = async (route: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(url + route, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { token } = await post(ROUTE.identity, {});
  await post(ROUTE.accountName, { name }, { authorization: `Bearer ${token}` });
  const claims = Buffer.from(token.split(".")[1], "base64url").toString();
  return { name, identity: JSON.parse(claims).sub, token };
}

async function hostForList(url: string): Promise<{ room: Room; leave(): Promise<unknown> }> {
  const room = await new Client(url).create(ROOM.arena, {
    name: "Ann",
    private: true,
    settings: RoomSettings.parse({ listed: true, mode: "captureTheFlag", map: "causeway", bots: 5 }),
  });
  room.onMessage("*", () => {});
  // A message without effect on a player.
  const signs = setInterval(() => room.send(MESSAGE.follow, { seat: "nobody" }), SIGN_OF_LIFE_EVERY_MS);
  return {
    room,
    leave() {
      clearInterval(signs);
      return room.leave();
    },
  };
}
