/** The maps that a room can be played on, and by which modes. */
import type { ModeName } from "#shared/modes/modes.ts";

/** Rejects when the server has no such list. */
export async function fetchMaps(): Promise<{ name: string; modes: readonly ModeName[] }[]> {
  const response = await fetch("/api/maps");
  if (!response.ok) throw new Error(`/api/maps: the server answered ${response.status}`);
  return response.json();
}
