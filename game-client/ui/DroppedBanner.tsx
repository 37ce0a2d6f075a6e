/** Over the frozen game: how long the seat is still kept. Screen readers hear it once, from the Announcer. */
import { useEffect, useState } from "preact/hooks";
import { Spinner } from "./Card.tsx";
import { STRINGS } from "./strings.ts";

const LOOK_MS = 200;

export function DroppedBanner({ seatLostAt }: { seatLostAt: number }) {
  const seconds = useSecondsUntil(seatLostAt);
  return (
    <div class="over-view">
      <section class="banner glass" aria-label={STRINGS.dropped.title}>
        <Spinner />
        <div>
          <h2 class="banner-title">{STRINGS.dropped.title}</h2>
          <p>
            {STRINGS.dropped.body} <strong class="figures">{STRINGS.dropped.seconds(seconds)}</strong>
          </p>
        </div>
      </section>
    </div>
  );
}

/** `at` is on performance.now()'s clock. */
function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((at - now) / 1000));
}
