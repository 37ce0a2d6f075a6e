/** How the overlay looks, by the query of its address: `?parts=scores,feed&size=1.2&side=left`. */

const PARTS = ["scores", "feed"] as const;
export type OverlayPart = (typeof PARTS)[number];

const SIZE = { min: 0.5, max: 4 } as const;

export interface OverlayLook {
  readonly parts: readonly OverlayPart[];
  /** A factor. */
  readonly size: number;
  readonly side: "left" | "right";
}

/** An option that it does not understand counts as missing. */
export function readOverlayLook(search: string): OverlayLook {
  const given = new URLSearchParams(search);
  const wanted = (given.get("parts") ?? "").split(",");
  const parts = PARTS.filter((part) => wanted.includes(part));
  const size = Number(given.get("size") ?? 1);
  return {
    parts: parts.length > 0 ? parts : PARTS,
    size: size > 0 ? Math.min(Math.max(size, SIZE.min), SIZE.max) : 1,
    side: given.get("side") === "right" ? "right" : "left",
  };
}
