/** The four silhouettes of drones, each with its own pattern, so that teams differ by more than hue. */

export interface Hull {
  /** Centred on 0,0; the nose points to +x. */
  outline(): Path2D;
  /** Draws the pattern over the plating, in the context's current colours. */
  pattern(ctx: CanvasRenderingContext2D): void;
}

export function polygon(points: readonly (readonly [number, number])[], radius: number): Path2D {
  const path = new Path2D();
  const last = points[points.length - 1] ?? [0, 0];
  const first = points[0] ?? [0, 0];
  path.moveTo((last[0] + first[0]) / 2, (last[1] + first[1]) / 2);
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? first;
    path.arcTo(x, y, (x + nextX) / 2, (y + nextY) / 2, radius);
  }
  path.closePath();
  return path;
}

function strokeArc(ctx: CanvasRenderingContext2D, radius: number, from: number, to: number): void {
  ctx.beginPath();
  ctx.arc(0, 0, radius, from, to);
  ctx.stroke();
}

/** A round body with three fins. Pattern: a broken ring. */
const disc: Hull = {
  outline() {
    const path = new Path2D();
    path.arc(0, 0, 18.5, 0, Math.PI * 2);
    for (const angle of [Math.PI, Math.PI / 3, -Math.PI / 3]) {
      const fin = new Path2D();
      fin.arc(0, 0, 22.5, angle - 0.42, angle + 0.42);
      fin.arc(0, 0, 15, angle + 0.3, angle - 0.3, true);
      fin.closePath();
      path.addPath(fin);
    }
    return path;
  },
  pattern(ctx) {
    ctx.lineWidth = 3;
    for (let index = 0; index < 3; index++) {
      const angle = (index * Math.PI * 2) / 3;
      strokeArc(ctx, 14, angle - 0.62, angle + 0.62);
    }
  },
};

/** A swept delta. Pattern: chevrons. */
const dart: Hull = {
  outline: () =>
    polygon(
      [
        [25, 0],
        [6, 11],
        [-12, 22],
        [-20, 17],
        [-13, 5],
        [-13, -5],
        [-20, -17],
        [-12, -22],
        [6, -11],
      ],
      3,
    ),
  pattern(ctx) {
    ctx.lineWidth = 3;
    for (const x of [14, -3, -9]) {
      ctx.beginPath();
      ctx.moveTo(x - 8, 9);
      ctx.lineTo(x + (x > 0 ? 4 : 0), x > 0 ? 0 : 13.5);
      if (x > 0) ctx.lineTo(x - 8, -9);
      ctx.stroke();
      if (x > 0) continue;
      ctx.beginPath();
      ctx.moveTo(x - 8, -9);
      ctx.lineTo(x, -13.5);
      ctx.stroke();
    }
  },
};

/** A heavy hexagon with a notched stern. Pattern: lengthwise bars. */
const hex: Hull = {
  outline: () =>
    polygon(
      [
        [23, -7],
        [23, 7],
        [9, 20.5],
        [-12, 20.5],
        [-21, 12],
        [-15, 6],
        [-15, -6],
        [-21, -12],
        [-12, -20.5],
        [9, -20.5],
      ],
      3,
    ),
  pattern(ctx) {
    for (const y of [-15.5, 13]) ctx.fillRect(-10, y, 18, 2.6);
    for (const y of [-10.8, 8.2]) ctx.fillRect(-10, y, 8, 2.6);
    ctx.fillRect(17.5, -5, 2.6, 10);
  },
};

/** Four rotors around a small core. Pattern: a lit dot in each rotor. */
const quad: Hull = {
  outline() {
    const path = polygon(
      [
        [16, 0],
        [9, 9],
        [0, 12],
        [-9, 9],
        [-14, 0],
        [-9, -9],
        [0, -12],
        [9, -9],
      ],
      3,
    );
    for (const [x, y] of [
      [14, 14],
      [-14, 14],
      [-14, -14],
      [14, -14],
    ] as const) {
      const rotor = new Path2D();
      rotor.arc(x, y, 9, 0, Math.PI * 2);
      path.addPath(rotor);
    }
    return path;
  },
  pattern(ctx) {
    ctx.lineWidth = 2;
    for (const [x, y] of [
      [14, 14],
      [-14, 14],
      [-14, -14],
      [14, -14],
    ] as const) {
      ctx.beginPath();
      ctx.arc(x, y, 5.2, 0, Math.PI * 2);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x, y, x > 0 ? 2.4 : 1.2, 0, Math.PI * 2);
      ctx.fill();
    }
  },
};

export const HULLS: readonly Hull[] = [disc, dart, hex, quad];

/** 4 silhouettes and 7 hues are coprime, so the first 28 teams all look different. */
export const hullOf = (team: number): number => team % HULLS.length;
