/** A server with what fills every screen: accounts with matches, a leaderboard, and a hosted room in the list. */
import { Client, type Room } from "@colyseus/sdk";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { leaveResult } from "./leftResult.ts";
import { drawArena, makeMember, publishArena, type TokenMember } from "./members.ts";
import { recordMatch } from "./recordedMatch.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";
import { titled } from "./tiledFiles.ts";

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
  /** A published arena of another account. */
  readonly arena: string;
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
  const arena = await fillGallery(server.url, members);
  const { room, leave } = await hostForList(server.url);
  return {
    ...{ server, token: own.token, code: room.roomId, match: ids[0] ?? "", replay: head.match, arena },
    async stop() {
      await leave();
      await server.stop();
    },
  };
}

/** Two published arenas, and a draft of the account that is shown. Resolves to the first one's id. */
async function fillGallery(url: string, members: readonly TokenMember[]): Promise<string> {
  const [first, second] = members;
  const own = members.at(-1);
  if (!first || !second || !own) throw new Error("nobody to draw");
  const arena = await publishArena(url, first, titled("anvil", "The old mill"));
  await publishArena(url, second, titled("causeway", "W".repeat(32)));
  await drawArena(url, own, titled("orchard", "Garden"));
  return arena;
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
