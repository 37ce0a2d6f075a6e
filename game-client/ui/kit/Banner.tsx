/** What lies over the game and says what is about to happen, with the seconds that are left. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Spinner } from "./Card.tsx";

const LOOK_MS = 200;

interface BannerProps {
  title: string;
  /** Counts down to this moment, on performance.now()'s clock. */
  until: number;
  children: ComponentChildren;
}

/** The seconds come after the text. Screen readers hear what it says once, from the Announcer. */
export function Banner({ title, until, children }: BannerProps) {
  const seconds = useSecondsUntil(until);
  return (
    <div class="over-view">
      <section class="banner glass" aria-label={title}>
        <Spinner />
        <div>
          <h2 class="banner-title">{title}</h2>
          <p>
            {children} <strong class="figures">{STRINGS.seconds(seconds)}</strong>
          </p>
        </div>
      </section>
    </div>
  );
}

function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((at - now) / 1000));
}
