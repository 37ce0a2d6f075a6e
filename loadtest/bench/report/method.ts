/** What was compared, in the words that stand beside the figures. */
import { RATES, type Spread } from "#loadtest/bench/scenario.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";

export const SAME_FOR_ALL = [
  `Same for all: Fracas' own movement with bumps, on open floor with a wall around it; ${RATES.ticksPerSec} ticks and ${RATES.patchesPerSec} patches a second; at most so many commands a tick as Fracas' meter lets through.`,
  "Everybody flies at full speed around a place of their own, drawn from the seed, turns with every command, and pulls no trigger.",
  "One server process on loopback, without compression; the clients in a process of their own, which send real commands and count what comes without decoding it.",
].join(" ");

export const SERVER_NOTES: Readonly<Record<ServerName, string>> = {
  fracas: `the app and the room as they are, with every guard. Only for this bench the room has as many seats as there are players, its map is the field, who joins is put where the scenario wants them, and loopback is a trusted proxy (one address may connect 256 times). It sends whom a view of ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px with ${VIEW_MARGIN_PX} px around it holds (and ${VIEW_HYSTERESIS_PX} px more, once shown; who is more than 32 px off the screen with one patch in four), and does what the others need not: records where everybody was, looks for hits, pickups and ends of matches, measures round trips.`,
  colyseus:
    "numbers in a map of players, sent to everybody; commands as messages. No views, no prediction's ack.",
  socketio: "all players as JSON to everybody, encoded once a patch; commands as JSON.",
  floor: `7 bytes for each in view (the same ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px and margin) after 9 bytes of tick, ack and own velocity; a grid sorted anew for each patch, one send a client.`,
};

export const SPREAD_NOTES: Readonly<Record<Spread, string>> = {
  equal:
    "The field grows with the players, so that everybody has as much room at every size; 400 fill the largest that the wire can carry.",
  whole: "The field is the largest that the wire can carry at every size, so that more players stand closer.",
};

export const HOW_MEASURED = [
  "CPU is the server process', user and system, in µs for each player and second (10,000 for 100 players are a whole core).",
  "Bytes are what a client's connection took from the network, WebSocket's frames included.",
  "From command to patch is the time from sending a command to the first patch that shows it, by the ack or, where there is none, by the aim.",
  "RSS is what the server has grown by since it was empty, for each player.",
  "A round in which a server held fewer than 95 % of its patches, lost a connection, or waited for the clients does not count.",
].join(" ");
