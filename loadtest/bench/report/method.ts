/** The texts beside the figures: what was compared, and how it was measured. */
import type { Spread } from "#loadtest/bench/scenarios/field.ts";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { RATES } from "#loadtest/bench/scenarios/script.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import {
  FAR_PATCHES,
  VIEW_HEIGHT_PX,
  VIEW_HYSTERESIS_PX,
  VIEW_MARGIN_PX,
  VIEW_WIDTH_PX,
} from "#shared/config.ts";

type ByKind<Text> = Readonly<Record<Scenario["kind"], Text>>;

const RATES_FOR_ALL = `${RATES.ticksPerSec} ticks and ${RATES.patchesPerSec} patches a second; as many commands a tick as Fracas' command meter accepts.`;
const PROCESSES =
  "One server process on loopback, without compression. The clients share another process, send real commands, and count the patches; at most 50 of them also look up their newest command in each patch.";

export const SAME_FOR_ALL: ByKind<string> = {
  field: [
    `The same for all: Fracas' own movement with collisions, on open floor with a wall around it; ${RATES_FOR_ALL}`,
    "Each player circles a point drawn from the seed at full speed, turns its aim with every command, and does not fire.",
    PROCESSES,
  ].join(" "),
  fight: [
    `The same for all: Fracas' own simulation, shots, hits, deaths and pickups included, on the map of its public rooms of that size; ${RATES_FOR_ALL}`,
    "The players of a room head for the same corner and then for another, each with its own deviations, and fire in 60 % of the time while their aim sweeps around; no player knows where the others are.",
    PROCESSES,
  ].join(" "),
};

const VIEW = `a view of ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px with a margin of ${VIEW_MARGIN_PX} px`;
const FRACAS_VIEW = `It sends the drones in ${VIEW} (${VIEW_HYSTERESIS_PX} px more once shown; drones more than 32 px off the screen in one patch of ${FAR_PATCHES}).`;
const TRUSTED = "loopback is a trusted proxy (an address may hold 256 connections)";
const UNRECORDED = "the same server with REPLAYS_MAX_MB=0.";
const BEHIND_PROXY =
  "the same server; the clients connect to a proxy on the same machine, configured as in docs/proxies.md.";

export const SERVER_NOTES: Readonly<Record<ServerName, ByKind<string>>> = {
  fracas: {
    field: `the app and the room as they are, with every guard. For this bench only, the room has a seat for each player, its map is the field, players start where the scenario puts them, and ${TRUSTED}. ${FRACAS_VIEW} It also does work that the others do not have: it records positions for lag compensation, looks for hits, pickups and the end of the match, and measures round trips.`,
    fight: `the app and its public rooms as they are, with every guard; quick play fills the rooms. For this bench only, no match ends, and ${TRUSTED}. ${FRACAS_VIEW} It also does work that the others do not have: it hides drones in bushes, records positions and rewinds to them, and measures round trips.`,
  },
  "fracas-unrecorded": { field: UNRECORDED, fight: UNRECORDED },
  "fracas-proxied": { field: BEHIND_PROXY, fight: BEHIND_PROXY },
  colyseus: {
    field:
      "numbers in a map of players, sent to every client; commands as messages. No views, and no ack for prediction.",
    fight:
      "numbers in maps of players, shots and pickups, sent to every client of the room; commands as messages. No views, no ack for prediction, and no events: shots and pickups are sent when they come and go, hits show as lost health.",
  },
  socketio: {
    field: "all players as JSON to every client, encoded once a patch; commands as JSON.",
    fight:
      "all players, shots and pickups of the room as JSON to each of its clients, encoded once a patch; commands as JSON.",
  },
  floor: {
    field: `7 bytes for each drone in view (the same ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px and margin) after 9 bytes of tick, ack and own velocity; a grid that is filled again for each patch, and one send per client.`,
    fight: `7 bytes for each drone in view (the same ${VIEW_WIDTH_PX} × ${VIEW_HEIGHT_PX} px and margin) after 9 bytes of tick, ack and own velocity; then the own cooldowns if they changed, and what happened in the room since the last patch, packed once: changed health and score, shots that began, hits, kills, beams, pickups. One send per client.`,
  },
};

export const SPREAD_NOTES: Readonly<Record<Spread, string>> = {
  equal:
    "The field grows with the number of players, so that the density is the same at every size; 400 players fill the largest field that the wire can carry.",
  whole: "The field is the largest that the wire can carry at every size, so that more players stand closer.",
};

const HOW_COUNTED =
  "What happened in the fights is read from each server's world after every tick, in the same way on all of them. A round does not count if nobody was hit.";

export const HOW_MEASURED: ByKind<string> = {
  field: howMeasured(""),
  fight: howMeasured(HOW_COUNTED),
};

function howMeasured(more: string): string {
  return [
    "CPU is the user and system time of the server process, in µs per player and second (10,000 with 100 players is a whole core).",
    "Bytes are what a client's connection read from the network, WebSocket framing included.",
    "Command to patch is the time from sending a command to the first patch that shows it, by its ack or, on wires without one, by the aim.",
    "RSS is the growth of the server process since it was empty, per player.",
    "A round does not count if the server sent under 95 % of its patches, lost a connection or took over 2 s to show a command, or if the clients fell behind.",
    more,
  ]
    .filter(Boolean)
    .join(" ");
}
