/** The texts beside the figures: what was compared, and how it was measured. */
import { RATES, type Spread } from "#loadtest/bench/scenario.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";

export const SAME_FOR_ALL = [
  `The same for all: Fracas' own movement with collisions, on open floor with a wall around it; ${RATES.ticksPerSec} ticks and ${RATES.patchesPerSec} patches a second; as many commands a tick as Fracas' command meter accepts.`,
  "Each player circles a point drawn from the seed at full speed, turns its aim with every command, and does not fire.",
  "One server process on loopback, without compression. The clients share another process, send real commands, and count the patches without decoding them.",
].join(" ");

export const SERVER_NOTES: Readonly<Record<ServerName, string>> = {
  fracas: `the app and the room as they are, with every guard. For this bench only, the room has a seat for each player, its map is the field, players start where the scenario puts them, and loopback is a trusted proxy (an address may hold 256 connections). It sends the drones in a view of ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px with a margin of ${VIEW_MARGIN_PX} px (${VIEW_HYSTERESIS_PX} px more once shown; drones more than 32 px off the screen in one patch of four). It also does work that the others do not have: it records positions for lag compensation, looks for hits, pickups and the end of the match, and measures round trips.`,
  colyseus:
    "numbers in a map of players, sent to every client; commands as messages. No views, and no ack for prediction.",
  socketio: "all players as JSON to every client, encoded once a patch; commands as JSON.",
  floor: `7 bytes for each drone in view (the same ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px and margin) after 9 bytes of tick, ack and own velocity; a grid that is filled again for each patch, and one send per client.`,
};

export const SPREAD_NOTES: Readonly<Record<Spread, string>> = {
  equal:
    "The field grows with the number of players, so that the density is the same at every size; 400 players fill the largest field that the wire can carry.",
  whole: "The field is the largest that the wire can carry at every size, so that more players stand closer.",
};

export const HOW_MEASURED = [
  "CPU is the user and system time of the server process, in µs per player and second (10,000 with 100 players is a whole core).",
  "Bytes are what a client's connection read from the network, WebSocket framing included.",
  "Command to patch is the time from sending a command to the first patch that shows it, by its ack or, on wires without one, by the aim.",
  "RSS is the growth of the server process since it was empty, per player.",
  "A round does not count if the server sent under 95 % of its patches, lost a connection or took over 2 s to show a command, or if the clients fell behind.",
].join(" ");
