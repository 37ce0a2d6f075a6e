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

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const intents = useIntents();
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const go = (to: number) => {
    const next = (to + tabs.length) % tabs.length;
    setPlace(next);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const to = step ? place + step : { Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const shown = tabs[place];
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ id, name }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            class="tab"
            aria-selected={index === place}
            aria-controls="dialog-panel"
            tabIndex={index === place ? 0 : -1}
            onClick={() => {
              intents.pressed();
              go(index);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div id="dialog-panel" class="dialog-panel" role="tabpanel" aria-labelledby={`tab-${shown?.id}`}>
        {shown?.content}
      </div>
    </>
  );
}
