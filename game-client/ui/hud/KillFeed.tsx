/** The latest kills. No live region: a screen reader would read nothing else. */
import { teamHue } from "#client/palette.ts";
import { type FeedLine, feed } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { featText } from "./Announcements.tsx";
import { FeatIcon } from "./FeatIcon.tsx";
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
          {line.feats.map((feat) => (
            <Feat key={feat.feat} of={feat} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** A feat's icon; a series shows its count as well. */
function Feat({ of }: { of: FeedLine["feats"][number] }) {
  return (
    <span class="feed-feat" title={featText(of)}>
      <FeatIcon feat={of.feat} />
      <span class="visually-hidden">{featText(of)}</span>
      {of.value > 1 && (
        <span class="figures" aria-hidden="true">
          {of.value}
        </span>
      )}
    </span>
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
