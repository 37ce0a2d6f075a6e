/** The game's name, drawn as six slabs of arena wall that a shot cuts through. */

/** Centre lines of the letters on a grid of 80 × 100 units, for a stroke of 20 units. */
const LETTERS = [
  "M10 100V28L28 10H80M18 56H66", // F
  "M10 100V10H52L70 28V42L54 58H10M42 58 70 82V100", // R
  "M10 100V32L32 10H48L70 32V100M10 68H70", // A
  "M80 10H28L10 28V72L28 90H80", // C
  "M10 100V32L32 10H48L70 32V100M10 68H70", // A
  "M76 10H27L10 27V34L26 50H54L70 66V73L53 90H4", // S
] as const;
const PITCH = 97;
const WIDTH = PITCH * (LETTERS.length - 1) + 80;
/** Where the shot crosses the left and the right edge of the drawing. */
const SHOT = { x1: -70, y1: 84, x2: WIDTH + 70, y2: 28 } as const;
const DEPTH = 11;

export function Wordmark() {
  return (
    <svg class="wordmark" viewBox={`-34 -26 ${WIDTH + 72} 158`} role="img" aria-label="Fracas">
      <Definitions />
      <g transform="skewX(-7) translate(10 0)">
        <g transform="translate(-3 2)" clip-path="url(#wordmark-below)">
          <Slabs />
        </g>
        <g transform="translate(5 -3)" clip-path="url(#wordmark-above)">
          <Slabs />
        </g>
      </g>
      <Shot />
    </svg>
  );
}

function Definitions() {
  const { x1, y1, x2, y2 } = SHOT;
  return (
    <defs>
      <g id="wordmark-letters">
        {LETTERS.map((path, place) => (
          <path key={place} d={path} transform={`translate(${place * PITCH} 0)`} />
        ))}
      </g>
      <clipPath id="wordmark-above">
        <path d={`M${x1} -60H${x2}V${y2 - 1.5}L${x1} ${y1 - 1.5}Z`} />
      </clipPath>
      <clipPath id="wordmark-below">
        <path d={`M${x1} ${y1 + 1.5} ${x2} ${y2 + 1.5}V160H${x1}Z`} />
      </clipPath>
      <linearGradient id="wordmark-face" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="100">
        <stop class="wordmark-stop-top" offset="0" />
        <stop class="wordmark-stop-middle" offset="0.550" />
        <stop class="wordmark-stop-foot" offset="1" />
      </linearGradient>
      <linearGradient id="wordmark-beam" gradientUnits="userSpaceOnUse" {...SHOT}>
        <stop class="wordmark-stop-tail" offset="0" />
        <stop class="wordmark-stop-beam" offset="0.550" />
        <stop class="wordmark-stop-head" offset="0.970" />
      </linearGradient>
    </defs>
  );
}

/** Sides, lit edge and face: the same letters in layers, each a little higher than the one before. */
function Slabs() {
  return (
    <g class="wordmark-slabs">
      {Array.from({ length: DEPTH }, (_, layer) => (
        <use key={layer} class="wordmark-side" href="#wordmark-letters" y={DEPTH - layer} />
      ))}
      <use class="wordmark-edge" href="#wordmark-letters" y="-1.600" />
      <use class="wordmark-top" href="#wordmark-letters" />
    </g>
  );
}

function Shot() {
  const { x1, y1, x2, y2 } = SHOT;
  const head = { x: x2 - 40, y: y2 + (40 * (y1 - y2)) / (x2 - x1) };
  return (
    <g class="wordmark-shot">
      <line class="wordmark-glow" x1={x1} y1={y1} x2={head.x} y2={head.y} />
      <line class="wordmark-beam" x1={x1} y1={y1} x2={head.x} y2={head.y} />
      <g transform={`translate(${head.x} ${head.y})`}>
        <path class="wordmark-spark" d="M-9 0 0 -2.600 9 0 0 2.600Z" transform="rotate(-5) scale(1.600)" />
      </g>
    </g>
  );
}
