/** Shows the player's gain in the match: experience, a level, what it added to the career, a rating, or the reason why the rating did not change. */
import { count, signed } from "#client/ui/kit/figures.ts";
import { LevelBadge, LevelBar } from "#client/ui/kit/Level.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { room } from "#client/ui/room/roomModel.ts";
import { news } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Gain, PointsChange } from "#shared/protocol/progress.ts";
import { Gains } from "./Gains.tsx";

/** Renders the live region before its text: screen readers announce changes only of a region that exists already. */
export function News() {
  const now = news.value;
  return (
    <div class={now ? "news" : "visually-hidden"} role="status">
      {now?.is === "kept" && <p class="news-note">{STRINGS.progress.kept}</p>}
      {now?.is === "counted" && <Gained of={now.gain} match={now.match} />}
    </div>
  );
}

function Gained({ of: { xp, level, points, whyUnrated, career }, match }: { of: Gain; match: string }) {
  const words = STRINGS.progress;
  const isUp = xp > 0 && level.xp - xp < level.fromXp;
  return (
    <>
      <div class="news-figures">
        <LevelBadge level={level.level} />
        <div class="news-level">
          <p>
            {xp > 0 && <strong class="figures">{words.gained(count(xp))}</strong>}
            {isUp && <span class="news-up">{words.levelUp(level.level)}</span>}
          </p>
          <LevelBar of={level} gained={xp} />
        </div>
        {points && <Rated of={points} />}
      </div>
      {career && <Gains of={career} />}
      <p class="news-note">
        {whyUnrated && <span>{words.whyUnrated[whyUnrated]}</span>}
        <PageLink to={{ kind: "match", id: match }} isOutside>
          {words.openMatch}
        </PageLink>
        {room.value?.settings.recorded && (
          <PageLink to={{ kind: "replay", link: { id: match } }} isOutside>
            {STRINGS.replay.watch}
          </PageLink>
        )}
      </p>
    </>
  );
}

function Rated({ of: { before, after } }: { of: PointsChange }) {
  const words = STRINGS.progress;
  const by = signed(after - before);
  return (
    <p class="news-rating">
      <span class="visually-hidden">{words.change(count(before), count(after), by)}</span>
      <span class="news-rating-name" aria-hidden="true">
        {words.rating}
      </span>
      <span class="figures" aria-hidden="true">
        {count(before)} → <strong>{count(after)}</strong>{" "}
        <span class={after > before ? "news-by news-by-up" : "news-by"}>({by})</span>
      </span>
    </p>
  );
}
