/** A player's latest matches; each line leads to the match's page. */

import { count, moment, signed } from "#client/ui/kit/figures.ts";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { MatchLine, PointsChange } from "#shared/protocol/progress.ts";

export function MatchList({ of }: { of: readonly MatchLine[] }) {
  if (of.length === 0) return <p class="page-quiet">{STRINGS.progress.profile.none}</p>;
  return (
    <div>
      <Legend />
      <ul class="match-lines">
        {of.map((match) => (
          <li key={match.id} class={match.hasReplay ? "match-recorded" : ""}>
            <PageLink to={{ kind: "match", id: match.id }} look="row">
              <Line of={match} />
            </PageLink>
            {match.hasReplay && (
              <PageLink to={{ kind: "replay", link: { id: match.id } }}>
                <PlayIcon />
                <span class="visually-hidden">{STRINGS.replay.watch}</span>
              </PageLink>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Headings of each line's figures; screen readers hear them with the lines. */
function Legend() {
  const words = STRINGS.progress;
  return (
    <p class="match-legend" aria-hidden="true">
      <span>{`${words.match.kills} / ${words.match.deaths}`}</span>
      <span class="match-change">{words.rating}</span>
    </p>
  );
}

function Line({ of }: { of: MatchLine }) {
  const words = STRINGS.progress.match;
  return (
    <>
      <span class={of.isWin ? "match-outcome match-won" : "match-outcome"}>
        {of.isWin ? words.won : words.place(count(of.place))}
      </span>
      <span class="match-what">
        <span>
          {STRINGS.modes[of.mode]} · <MapName map={of.arena} title={of.arenaTitle} />
        </span>
        <time class="page-quiet" dateTime={new Date(of.endedAt).toISOString()}>
          {moment(of.endedAt)}
        </time>
      </span>
      <span class="match-kills figures">
        <span class="visually-hidden">{`${words.kills} ${of.kills}, ${words.deaths} ${of.deaths}`}</span>
        <span aria-hidden="true">
          {of.kills} / {of.deaths}
        </span>
      </span>
      <span class="match-change figures">{of.points && <Change of={of.points} />}</span>
    </>
  );
}

export function Change({ of: { before, after } }: { of: Pick<PointsChange, "before" | "after"> }) {
  const by = after - before;
  return (
    <span class={by > 0 ? "change change-up" : "change"}>
      <span aria-hidden="true">{signed(by)}</span>
      <span class="visually-hidden">{STRINGS.progress.change(count(before), count(after), signed(by))}</span>
    </span>
  );
}
