/** Tabs by the ARIA Authoring Practices: one tab stop, arrow keys wrap around, and the panel follows the focus. */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import "./dialog.css";

interface Tab {
  readonly id: string;
  readonly name: string;
  readonly content: ComponentChildren;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  /** Id of the tab that is open at first; the first one by default. */
  start?: string;
  opened?: (id: string) => void;
}

export function Tabs({ label, tabs, start, opened }: TabsProps) {
  const intents = useIntents();
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      tabs.findIndex(({ id }) => id === start),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const go = (to: number) => {
    const next = (to + tabs.length) % tabs.length;
    setPlace(next);
    opened?.(tabs[next]?.id ?? "");
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, place, tabs.length);
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const shown = tabs[place];
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ id, name }, index) => (
          <TabButton
            key={id}
            id={id}
            name={name}
            isChosen={index === place}
            choose={() => {
              intents.pressed();
              go(index);
            }}
          />
        ))}
      </div>
      <div id="dialog-panel" class="dialog-panel" role="tabpanel" aria-labelledby={`tab-${shown?.id}`}>
        {shown?.content}
      </div>
    </>
  );
}

/** The tab that a key moves to, before wrapping around; undefined for every other key. */
const placeAfter = (key: string, place: number, count: number): number | undefined =>
  ({ ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: count - 1 })[key];

interface TabButtonProps {
  id: string;
  name: string;
  isChosen: boolean;
  choose(): void;
}

function TabButton({ id, name, isChosen, choose }: TabButtonProps) {
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${id}`}
      class="tab"
      aria-selected={isChosen}
      aria-controls="dialog-panel"
      tabIndex={isChosen ? 0 : -1}
      onClick={choose}
    >
      {name}
    </button>
  );
}
