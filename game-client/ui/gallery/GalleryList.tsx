/** Published arenas with their search, filters, order and pages: on the page of the gallery, and where a host chooses one. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { GalleryQuestion } from "#client/arenaCalls.ts";
import { AnyModeSelect } from "#client/ui/front/ModeSelect.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { ArrowIcon } from "#client/ui/kit/icons.tsx";
import { learnTitle } from "#client/ui/kit/mapTitle.ts";
import { Select } from "#client/ui/kit/Select.tsx";
import { Shown, useAsked } from "#client/ui/progress/Asked.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Gallery, GallerySort, PublishedArena } from "#shared/protocol/editor.ts";
import { ArenaCard } from "./ArenaCard.tsx";
import { asked as askedFor, EVERYTHING, galleryQuestion, isFiltered, pagesOf } from "./galleryModel.ts";

/** A search is asked for once its typing rests. */
const TYPING_RESTS_MS = 250;

interface GalleryListProps {
  act(arena: PublishedArena, title: ComponentChildren): ComponentChildren;
}

export function GalleryList({ act }: GalleryListProps) {
  const question = galleryQuestion.value;
  return (
    <div class="gallery">
      <Filters />
      <Answer key={JSON.stringify(question)} question={question} act={act} />
    </div>
  );
}

const change = (to: Partial<GalleryQuestion>): void => {
  galleryQuestion.value = askedFor(galleryQuestion.peek(), to);
};

function Filters() {
  const { mode, sort } = galleryQuestion.value;
  const words = STRINGS.gallery;
  const sorts = Object.keys(words.sorts) as GallerySort[];
  return (
    <fieldset class="gallery-filters">
      <legend class="visually-hidden">{STRINGS.front.list.filters}</legend>
      <Search />
      <AnyModeSelect mode={mode} set={(now) => change({ mode: now })} />
      <Select
        name={words.sort}
        value={sort}
        options={sorts.map((value) => ({ value, text: words.sorts[value] }))}
        set={(value) => change({ sort: value as GallerySort })}
      />
    </fieldset>
  );
}

function Search() {
  const { search } = galleryQuestion.value;
  const [typed, setTyped] = useState(search);
  const timer = useRef(0);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => change({ search: text.trim() }), TYPING_RESTS_MS);
  };
  return (
    <input
      class="gallery-search"
      type="search"
      value={typed}
      maxLength={40}
      aria-label={STRINGS.gallery.search}
      placeholder={STRINGS.gallery.search}
      autocomplete="off"
      spellcheck={false}
      enterkeyhint="search"
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={(event) => {
        // Within the host form it would host a room.
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}

function Answer({ question, act }: GalleryListProps & { question: GalleryQuestion }) {
  const { arenas } = useIntents();
  const { asked, again } = useAsked(async () => {
    const found = await arenas.gallery(question);
    for (const { map, title } of found.arenas) learnTitle(map, title);
    return found;
  });
  return (
    <div class="gallery-answer" aria-busy={asked.is === "waiting"}>
      <Shown asked={asked} again={again} unknown={STRINGS.gallery.closed}>
        {(found) => <Arenas of={found} question={question} act={act} />}
      </Shown>
    </div>
  );
}

function Arenas({ of, question, act }: GalleryListProps & { of: Gallery; question: GalleryQuestion }) {
  if (of.arenas.length === 0) return <Nothing isFiltered={isFiltered(question)} />;
  return (
    <>
      <p class="visually-hidden" role="status">
        {STRINGS.gallery.count(of.count)}
      </p>
      <ul class="arena-grid">
        {of.arenas.map((arena) => (
          <ArenaCard key={arena.id} of={arena} act={(title) => act(arena, title)} />
        ))}
      </ul>
      <Pages now={question.page} count={pagesOf(of.count)} />
    </>
  );
}

function Nothing({ isFiltered: isSearch }: { isFiltered: boolean }) {
  const words = STRINGS.gallery;
  return (
    <div class="page-empty" role="status">
      <p>{isSearch ? words.noneFits : words.none}</p>
      {isSearch && (
        <Button
          look="plain"
          onPress={() => {
            galleryQuestion.value = EVERYTHING;
          }}
        >
          {STRINGS.front.list.showAll}
        </Button>
      )}
    </div>
  );
}

function Pages({ now, count }: { now: number; count: number }) {
  if (count === 1) return null;
  const words = STRINGS.gallery;
  return (
    <nav class="gallery-pages" aria-label={words.pages}>
      <Button
        look="icon"
        label={words.previous}
        disabled={now === 0}
        onPress={() => change({ page: now - 1 })}
      >
        <ArrowIcon to="left" />
      </Button>
      <span class="figures">{words.page(now + 1, count)}</span>
      <Button
        look="icon"
        label={words.next}
        disabled={now + 1 >= count}
        onPress={() => change({ page: now + 1 })}
      >
        <ArrowIcon to="right" />
      </Button>
    </nav>
  );
}
