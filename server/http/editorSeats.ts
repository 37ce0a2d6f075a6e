/** Seats in the rooms in which people draw: one room for each draft, in this process. */
import { matchMaker } from "@colyseus/core";
import { contextOf, recogniseEntrant } from "#server/admission/joinOptions.ts";
import { asRefused } from "#server/admission/refusals.ts";
import { RoomQuota } from "#server/admission/roomQuota.ts";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { EditorRoom } from "#server/rooms/editor/EditorRoom.ts";
import type { EditorAdmission } from "#server/rooms/editor/seats.ts";
import { provideTryOutLimit } from "#server/rooms/editor/tryOutLimit.ts";
import { drafts } from "#server/services/drafts/drafts.ts";
import { EDITORS_MAX, EditorOptions, type Role, VIEWERS_MAX } from "#shared/protocol/editor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type Reserve, serverFull } from "./capacity.ts";

/** Each keeps its draft, and what its editors may undo. */
const ROOMS_MAX = 64;

/** The most editor rooms that one visitor may have opened. */
const ROOMS_OF_VISITOR = { perNetwork: 16, perIdentity: 6 } as const;

/** The quota of one server. */
export function createEditorQuota(limits: Limits): RoomQuota {
  provideTryOutLimit((visitor) => limits.count("tryOut", visitor));
  return new RoomQuota((roomId) => matchMaker.getLocalRoomById(roomId) !== undefined, ROOMS_OF_VISITOR);
}

/** The last request for a seat of each draft, so that two at once open one room. */
const turns = new Map<string, Promise<unknown>>();

/** Throws Refused: unless the visitor may enter the draft, before anything is reserved. */
export async function editorReservation(quota: RoomQuota, body: unknown, visitor: Visitor): Promise<Reserve> {
  const { draft, key, name, tab, protocol } = parseOptions(body);
  if (protocol !== undefined && protocol !== PROTOCOL_VERSION)
    throw new Refused(REFUSAL.stalePage, `this page speaks protocol ${protocol}: reload the page`);
  const role = await roleOf(draft, visitor, key);
  const { entrant } = await recogniseEntrant(visitor, { name });
  const admission: EditorAdmission = { ...visitor, entrant, role, tab };
  return () => inTurn(draft, () => seatIn(draft, admission, quota));
}

function parseOptions(body: unknown): EditorOptions {
  const parsed = EditorOptions.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") || "options";
  throw new Refused(REFUSAL.badJoinOptions, `join option "${field}" is wrong`);
}

async function roleOf(draft: string, { identity }: Visitor, key: string): Promise<Role> {
  const store = drafts();
  if (!store) throw new Refused(REFUSAL.noStore, "This server keeps no drafts.");
  const role = await store.roleOf(draft, identity, key);
  if (!role) throw new Refused(REFUSAL.roomUnknown, "There is no such draft.");
  return role;
}

async function seatIn(draft: string, admission: EditorAdmission, quota: RoomQuota): Promise<Reservation> {
  const rooms = await matchMaker.query({ name: ROOM.editor });
  const open = rooms.find(({ metadata }) => metadata?.draft === draft);
  if (!open && rooms.length >= ROOMS_MAX) throw serverFull();
  if (!open && !quota.mayCreate(admission))
    throw new Refused(REFUSAL.tooMany, "You have enough drafts open already: close one first.", 60);
  const places = admission.role === "viewer" ? VIEWERS_MAX : EDITORS_MAX;
  if (open && open.clients >= places) {
    await makeWay(open.roomId, admission);
    if (open.clients >= places) throw new Refused(REFUSAL.roomFull, "This editor is full.");
  }
  const [method, room] = open ? ["joinById", open.roomId] : ["create", ROOM.editor];
  try {
    const context = contextOf(admission);
    const reservation: Reservation = await matchMaker.controller.invokeMethod(
      method,
      room,
      { draft },
      context,
    );
    if (!open) quota.addRoom(reservation.roomId, admission);
    return reservation;
  } catch (error) {
    throw asRefused(error);
  }
}

/** Frees the place of a page that has reloaded: its seat is kept. */
async function makeWay(roomId: string, admission: EditorAdmission): Promise<void> {
  const room = matchMaker.getLocalRoomById(roomId);
  if (room instanceof EditorRoom) await room.giveUpFor(admission);
}

/** Runs one task at a time for each draft. */
function inTurn<Result>(draft: string, task: () => Promise<Result>): Promise<Result> {
  const mine = (turns.get(draft) ?? Promise.resolve()).then(task);
  const ended = mine
    .catch(() => {})
    .then(() => {
      if (turns.get(draft) === ended) turns.delete(draft);
    });
  turns.set(draft, ended);
  return mine;
}
