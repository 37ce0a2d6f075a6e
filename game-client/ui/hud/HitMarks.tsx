/** In the middle of the view: that a shot of one's own has hit, and from where one was hit. */
import { marks } from "#client/ui/state/model.ts";

export function HitMarks() {
  return (
    <div class="marks" aria-hidden="true">
      {marks.value.map((mark) =>
        mark.kind === "taken" ? (
          <span key={mark.key} class="mark-taken" style={{ transform: `rotate(${mark.fromRad}rad)` }} />
        ) : (
          <svg key={mark.key} class={`mark-${mark.kind}`} viewBox="-12 -12 24 24" aria-hidden="true">
            <path d="M-9 -9-4 -4M9 -9 4 -4M-9 9-4 4M9 9 4 4" />
          </svg>
        ),
      )}
    </div>
  );
}
