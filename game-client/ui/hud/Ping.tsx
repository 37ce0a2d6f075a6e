/** The round trip: a number, and bars whose count says what their colour says. */
import { pingMs } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

const BARS = [
  { x: 2, height: 6 },
  { x: 9, height: 12 },
  { x: 16, height: 18 },
] as const;

type Quality = "good" | "fair" | "poor";
const LIT: Readonly<Record<Quality, number>> = { good: 3, fair: 2, poor: 1 };

/** Up to 80 ms prediction hides everything, beyond 160 ms rewind and interpolation show. */
function qualityOf(ms: number): Quality {
  if (ms <= 80) return "good";
  return ms <= 160 ? "fair" : "poor";
}

export function Ping() {
  const ms = Math.round(pingMs.value);
  // Nothing was measured yet.
  if (ms <= 0) return null;
  const quality = qualityOf(ms);
  return (
    <p class={`ping ping-${quality}`} aria-label={STRINGS.ping(ms)} role="img">
      <svg class="ping-bars" viewBox="0 0 24 24" aria-hidden="true">
        {BARS.map(({ x, height }, place) => (
          <rect
            key={x}
            class={place < LIT[quality] ? "lit" : ""}
            x={x}
            y={21 - height}
            width="5"
            height={height}
          />
        ))}
      </svg>
      <span class="figures">{ms}</span> {STRINGS.pingUnit}
    </p>
  );
}
