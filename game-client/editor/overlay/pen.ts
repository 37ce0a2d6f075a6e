/** Draws flat marks over the picture: lines keep their width however far the view is zoomed. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** World px. */
export interface Rect extends Place {
  readonly width: number;
  readonly height: number;
}

/** A canvas in CSS px, and the way from world px to it. */
export interface Pen {
  readonly ctx: CanvasRenderingContext2D;
  /** CSS px per world px. */
  readonly zoom: number;
  toClient(place: Place): Place;
}

const FONT = '"Oxanium Variable", system-ui, sans-serif';

export function traceRect({ ctx, zoom, toClient }: Pen, { x, y, width, height }: Rect, growPx = 0): void {
  const at = toClient({ x, y });
  ctx.rect(at.x - growPx, at.y - growPx, width * zoom + 2 * growPx, height * zoom + 2 * growPx);
}

export function strokeRect(pen: Pen, rect: Rect, colour: string, width = 1.5, growPx = 0): void {
  pen.ctx.beginPath();
  traceRect(pen, rect, growPx);
  outline(pen.ctx, colour, width);
}

export function ring(pen: Pen, place: Place, radiusPx: number, colour: string, width = 2): void {
  const { x, y } = pen.toClient(place);
  pen.ctx.beginPath();
  pen.ctx.arc(x, y, radiusPx, 0, 2 * Math.PI);
  outline(pen.ctx, colour, width);
}

/** Strokes the path with a dark edge, so that it shows on every floor. */
export function outline(ctx: CanvasRenderingContext2D, colour: string, width: number): void {
  const dash = ctx.getLineDash();
  ctx.setLineDash([]);
  ctx.strokeStyle = "rgba(5,5,20,.55)";
  ctx.lineWidth = width + 2;
  ctx.stroke();
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** A text on a plate; returns its width. `at`: its left middle, CSS px. */
export function plate(
  { ctx }: Pen,
  text: string,
  at: Place,
  { fill, ink, isCentred = false }: { fill: string; ink: string; isCentred?: boolean },
): number {
  ctx.font = `600 12px ${FONT}`;
  ctx.textBaseline = "middle";
  const width = Math.max(18, ctx.measureText(text).width + 10);
  const left = isCentred ? at.x - width / 2 : at.x;
  ctx.beginPath();
  ctx.roundRect(left, at.y - 9, width, 18, 5);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.textAlign = "center";
  ctx.fillStyle = ink;
  ctx.fillText(text, left + width / 2, at.y + 1);
  return width;
}
