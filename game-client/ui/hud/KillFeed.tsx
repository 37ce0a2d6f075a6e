/** The latest kills. No live region: a screen reader would read nothing else. */
import { teamHue } from "#client/palette.ts";
import { type FeedLine, feed } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { WeaponIcon } from "./WeaponIcon.tsx";

/** The scene removes old lines; this bound holds when many drones die at once. */
const LINES_SHOWN = 5;

export function KillFeed() {
  return (
    <ul class="feed" aria-label={STRINGS.feed.title}>
      {feed.value.slice(-LINES_SHOWN).map((line) => (
        <li key={line.key} class={`feed-line glass feed-${line.mine}`}>
          <Name of={line.killer} />
          <WeaponIcon weapon={line.weapon} />
          <span class="visually-hidden">{STRINGS.feed.destroyed}</span>
          <Name of={line.victim} />
        </li>
      ))}
    </ul>
  );
}

function Name({ of }: { of: FeedLine["killer"] }) {
  if (!of.name) return null;
  return (
    <span class="feed-name" style={{ color: teamHue(of.team) }}>
      {of.name}
    </span>
  );
}
