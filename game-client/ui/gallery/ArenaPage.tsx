/** The page of a published arena: a large picture, its facts, the visitor's rating, and ways to play and to change it. */
import { useEffect, useState } from "preact/hooks";
import { Pane } from "#client/ui/front/Pane.tsx";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { count, day } from "#client/ui/kit/figures.ts";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { ModeIcon } from "#client/ui/kit/ModeIcon.tsx";
import { learnTitle } from "#client/ui/kit/mapTitle.ts";
import { ShareButtons } from "#client/ui/kit/ShareButtons.tsx";
import { Shown, useAsked, whyOf } from "#client/ui/progress/Asked.tsx";
import { Figure } from "#client/ui/progress/Player.tsx";
import { PlayerName } from "#client/ui/progress/PlayerName.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { me } from "#client/ui/state/progress.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { sizeOf } from "./ArenaCard.tsx";
import { offerOfPublished } from "./galleryModel.ts";
import { openDraft } from "./openDraft.ts";
import { Rating, StarChoice } from "./Stars.tsx";

export function ArenaPage({ id }: { id: string }) {
  const { arenas } = useIntents();
  const { asked, again } = useAsked(() => arenas.published(id));
  const title = asked.is === "here" ? asked.answer.title : STRINGS.gallery.title;
  return (
    <Pane title={title} isName={asked.is === "here"} isRead size="large">
      <div class="pane-body page" aria-busy={asked.is === "waiting"}>
        <Shown asked={asked} again={again} unknown={STRINGS.gallery.unknown}>
          {(arena) => <Arena first={arena} />}
        </Shown>
      </div>
    </Pane>
  );
}

/** `first`: as it was when the page opened. A rating changes it. */
function Arena({ first }: { first: PublishedArena }) {
  const [of, setArena] = useState(first);
  useEffect(() => learnTitle(of.map, of.title), [of]);
  return (
    <div class="arena-page">
      <div class="arena-page-picture">
        <ArenaPicture map={of.map} />
        {of.isFeatured && <span class="arena-mark">{STRINGS.gallery.featured}</span>}
      </div>
      <Facts of={of} />
      <OwnRating of={of} changed={setArena} />
      <Acts of={of} />
    </div>
  );
}

function Facts({ of }: { of: PublishedArena }) {
  const words = STRINGS.gallery;
  return (
    <div class="arena-page-facts">
      <p class="arena-page-author">
        <PlayerName name={of.author} hasPage={of.author !== ""} />
        <span class="page-quiet">{words.since(day(of.publishedAtMs))}</span>
      </p>
      <ul class="arena-page-modes" aria-label={STRINGS.front.mode}>
        {of.modes.map((mode) => (
          <li key={mode}>
            <ModeIcon mode={mode} />
            {STRINGS.modes[mode]}
          </li>
        ))}
      </ul>
      <dl class="page-figures">
        <Figure name={STRINGS.front.players}>{`${of.players.min}–${of.players.max}`}</Figure>
        <Figure name={words.size}>{sizeOf(of)}</Figure>
        <Figure name={words.played}>{count(of.plays)}</Figure>
        <Figure name={words.rating}>{of.ratings > 0 ? <Rating of={of} /> : "–"}</Figure>
      </dl>
    </div>
  );
}

function Acts({ of }: { of: PublishedArena }) {
  const intents = useIntents();
  const [notice, setNotice] = useState("");
  const words = STRINGS.gallery;
  const fork = () => {
    intents.arenas.makeDraft({ fork: of.id, version: of.version }).then(
      ({ id }) => openDraft(intents, id),
      (error) => setNotice(STRINGS.account.failures[whyOf(error)]),
    );
  };
  return (
    <div class="arena-page-acts">
      <div class="pane-acts">
        <Button look="primary" onPress={() => intents.open({ kind: "host", map: offerOfPublished(of) })}>
          {words.host}
          <PlayIcon />
        </Button>
        <Button look="plain" onPress={fork}>
          {words.fork}
        </Button>
        <ShareButtons
          link={location.origin + pathTo(ROUTE.arenaPage, { id: of.id })}
          look="plain"
          notify={setNotice}
        />
      </div>
      <p class="page-quiet">{words.forkHow}</p>
      <p role="status">{notice}</p>
    </div>
  );
}

interface OwnRatingProps {
  of: PublishedArena;
  changed(arena: PublishedArena): void;
}

/** Nobody rates an arena of their own. */
function OwnRating({ of, changed }: OwnRatingProps) {
  const { arenas, lasting } = useIntents();
  const [error, setError] = useState("");
  useEffect(() => {
    if (me.peek() || !lasting.isKnown()) return;
    lasting.me().then(
      (now) => {
        me.value = now;
      },
      () => {},
    );
  }, [lasting]);
  const words = STRINGS.gallery;
  if (me.value?.name === of.author) return <p class="page-quiet">{words.own}</p>;
  const rate = (stars: number) => {
    setError("");
    arenas.rate(of.id, stars).then(changed, (failure) => {
      setError(STRINGS.account.failures[whyOf(failure)]);
    });
  };
  return (
    <div>
      <StarChoice value={of.yours ?? 0} set={rate} />
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
