/** Pictures of looks: a pattern on a hull, and an emblem. */
import { useId } from "preact/hooks";
import { EMBLEM_PATHS, PATTERN_PATHS } from "#client/looks.ts";
import type { Look } from "#shared/career/looks.ts";

/** A round hull with three fins on the unit square; its nose points to the right. */
const HULL =
  "M.5 .08A.42 .42 0 0 1 .9 .36L1 .5 .9 .64A.42 .42 0 0 1 .5 .92L.16 .98 .2 .82A.42 .42 0 0 1 .2 .18L.16 .02Z";

export function HullPicture({ pattern }: { pattern: Look["pattern"] }) {
  const id = useId();
  return (
    <svg class="look-hull" viewBox="-0.06 -0.06 1.12 1.12" aria-hidden="true">
      <clipPath id={id}>
        <path d={HULL} />
      </clipPath>
      <path class="look-body" d={HULL} />
      <path class="look-pattern" clip-path={`url(#${id})`} clip-rule="evenodd" d={PATTERN_PATHS[pattern]} />
      <path class="look-outline" d={HULL} />
      <circle class="look-core" cx="0.5" cy="0.5" r="0.16" />
    </svg>
  );
}

export function EmblemPicture({ emblem }: { emblem: Look["emblem"] }) {
  return (
    <svg class="look-emblem" viewBox="0 0 1 1" aria-hidden="true">
      <path d={EMBLEM_PATHS[emblem]} />
    </svg>
  );
}
