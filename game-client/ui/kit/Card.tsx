/** A card in the middle of the page with one message, and the spinner. */
import type { ComponentChildren } from "preact";
import { Wordmark } from "./Wordmark.tsx";

interface CardProps {
  title: string;
  children: ComponentChildren;
  /** Shows a spinner before the title. */
  waiting?: boolean;
}

export function Card({ title, children, waiting = false }: CardProps) {
  return (
    <div class="card-screen">
      <Wordmark />
      <section class="card glass" aria-labelledby="card-title" aria-busy={waiting}>
        {waiting && <Spinner />}
        <h1 id="card-title" class="card-title">
          {title}
        </h1>
        {children}
      </section>
    </div>
  );
}

/** A drone's ring with one lit arc; reduced motion stops it. */
export function Spinner() {
  return (
    <svg class="spinner" viewBox="0 0 48 48" aria-hidden="true">
      <path class="spinner-ring" d="M16 4H32L44 16V32L32 44H16L4 32V16Z" />
      <path class="spinner-arc" d="M16 4H32L44 16V32L32 44H16L4 32V16Z" pathLength="100" />
      <path class="spinner-core" d="M24 18 30 24 24 30 18 24Z" />
    </svg>
  );
}
