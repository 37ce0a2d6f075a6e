/** A published arena in the gallery: its picture, what it is, and how players like it. */
import type { ComponentChildren } from "preact";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { ModeIcon } from "#client/ui/kit/ModeIcon.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { Rating } from "./Stars.tsx";

interface ArenaCardProps {
  of: PublishedArena;
  /** Wraps what a press on the card reaches: a link to its page, or a button that chooses it. */
  act(title: ComponentChildren): ComponentChildren;
}

export function ArenaCard({ of, act }: ArenaCardProps) {
  const words = STRINGS.gallery;
  return (
    <li class={of.isFeatured ? "arena-card arena-featured" : "arena-card"}>
      <ArenaPicture map={of.map} isNamed />
      {of.isFeatured && <span class="arena-mark">{words.featured}</span>}
      <h2 class="arena-card-title">{act(<bdi translate={false}>{of.title}</bdi>)}</h2>
      <Author name={of.author} />
      <p class="arena-card-facts figures">
        <Modes of={of.modes} />
        <span>{STRINGS.roomSettings.mapFor(of.players.min, of.players.max)}</span>
        <span>{sizeOf(of)}</span>
      </p>
      <p class="arena-card-facts">
        <Rating of={of} />
        <span class="figures">{words.plays(of.plays, count(of.plays))}</span>
      </p>
    </li>
  );
}

export const sizeOf = ({ columns, rows }: Pick<PublishedArena, "columns" | "rows">): string =>
  `${columns} × ${rows}`;

function Author({ name }: { name: string }) {
  return (
    <p class="arena-card-author">
      <bdi translate={false}>{name}</bdi>
    </p>
  );
}

/** Icons, with their names for a pointer and for screen readers. */
export function Modes({ of }: { of: readonly ModeName[] }) {
  return (
    <span class="arena-modes">
      {of.map((mode) => (
        <span key={mode} title={STRINGS.modes[mode]}>
          <ModeIcon mode={mode} />
          <span class="visually-hidden">{STRINGS.modes[mode]}</span>
        </span>
      ))}
    </span>
  );
}
