/** Runs a painter without a canvas, and lists the plain colours that it covers large parts with. For tests. */
import { vi } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import type { Ctx, Site } from "./theme.ts";

/** Rectangles and strokes of this width on count as large, world px. */
const LARGE_PX = 40;
const SIDE_PX = 1024;

/** Paints the north-western and the middle piece of the arena. Stubs the browser's globals until they are unstubbed. */
export function recordFills(paint: (ctx: Ctx, site: Site) => void, arena: Arena): string[] {
  const nothing: object = new Proxy(() => undefined, { get: () => () => undefined });
  vi.stubGlobal(
    "Path2D",
    class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: any method of a path does nothing
        return nothing;
      }
    },
  );
  vi.stubGlobal("document", { createElement: () => ({ getContext: () => null }) });
  const fills: string[] = [];
  const ctx = recorder(fills);
  const middle = { left: (arena.widthPx - SIDE_PX) / 2, top: (arena.heightPx - SIDE_PX) / 2 };
  for (const { left, top } of [{ left: 0, top: 0 }, middle]) {
    const bounds = { left, top, right: left + SIDE_PX, bottom: top + SIDE_PX };
    paint(ctx, { arena, bounds, pxPerWorldPx: 1 });
  }
  return fills;
}

/** A context that notes plain colours; what is faint is none, and gradients and patterns are lights. */
function recorder(fills: string[]): Ctx {
  const properties: Record<string, unknown> = { globalAlpha: 1, fillStyle: "#000000" };
  const note = (colour: unknown, px: number) => {
    if (typeof colour === "string" && colour.startsWith("#") && px >= LARGE_PX) fills.push(colour);
  };
  const methods: Record<string, unknown> = {
    fillRect: (_left: number, _top: number, width: number, height: number) =>
      note(properties.fillStyle, Math.min(width, height)),
    stroke: () => note(properties.strokeStyle, Number(properties.lineWidth)),
    createRadialGradient: () => ({ addColorStop: () => {} }),
    createLinearGradient: () => ({ addColorStop: () => {} }),
    createPattern: () => null,
  };
  return new Proxy(properties, {
    get: (_, name: string) => properties[name] ?? methods[name] ?? (() => {}),
  }) as unknown as Ctx;
}
