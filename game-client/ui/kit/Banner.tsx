/** A banner over the arena that announces an event and counts down to it. */
import { useEffect, useState } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Spinner } from "./Card.tsx";
import { around, called } from "./Sentence.tsx";

const REFRESH_MS = 200;

interface BannerProps {
  title: string;
  /** The moment to count down to, on the clock of performance.now(). */
  until: number;
  /** The text of the banner, given the time that is left. */
  body(time: string): string;
}

/** No live region: the Announcer says it once. */
export function Banner({ title, until, body }: BannerProps) {
  const time = STRINGS.seconds(useSecondsUntil(until));
  const [before, after] = around(body(called(time)));
  return (
    <div class="over-view">
      <section class="banner glass" aria-label={title}>
        <Spinner />
        <div>
          <h2 class="banner-title">{title}</h2>
          <p>
            {before}
            <strong class="figures">{time}</strong>
            {after}
          </p>
        </div>
      </section>
    </div>
  );
}

function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((at - now) / 1000));
}
