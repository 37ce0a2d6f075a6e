/** Tiled files that people of tests bring, and the requests of those who bring them. */
import { createHash } from "node:crypto";
import type { Brought } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { readMapText } from "#shared/testing/readMap.ts";
import { type Address, ask, type Guest } from "./asking.ts";

/** The anvil under another title, so that each title is another file. `use`: see Arena. */
export function titledAnvil(title: string, change: (map: AnvilJson) => void = () => {}): string {
  const map = JSON.parse(readMapText("anvil")) as AnvilJson;
  map.properties = [...(map.properties ?? []), { name: "title", type: "string", value: title }];
  change(map);
  return JSON.stringify(map);
}

export interface AnvilJson {
  width: number;
  height: number;
  tilewidth: number;
  properties?: { name: string; type: string; value: unknown }[];
  layers: { name: string; data: number[]; objects: { x: number; y: number }[] }[];
}

export const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Brings a file; returns the map's name on the wire. */
export async function bring(guest: Guest, tiledJson: string): Promise<string> {
  const { status, body } = await guest.post(ROUTE.arenas, { tiledJson });
  if (status !== 200) throw new Error(`the file was refused: ${status} ${body}`);
  return (JSON.parse(body) as Brought).map.name;
}

export const removeBrought = (server: Address, sha256: string, { headers, token = "" }: Guest) =>
  ask(server, pathTo(ROUTE.arenaFile, { sha256 }), {
    method: "DELETE",
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
