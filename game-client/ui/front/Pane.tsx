/** The frame of every screen before a room: a button back to the title, a heading, and the content. */
import "./pane.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { BackIcon } from "#client/ui/kit/icons.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

interface PaneProps {
  title: string;
  /** Whether the title is what a player called a room. */
  isName?: boolean;
  children: ComponentChildren;
  size?: "small" | "large";
  /** For pages that link to each other: the arrow leads to the one before. */
  isRead?: boolean;
}

export function Pane({ title, isName = false, children, size = "small", isRead = false }: PaneProps) {
  const intents = useIntents();
  const heading = useFocusUnlessTaken();
  return (
    <div class="front">
      <section class={`pane pane-${size} glass`} aria-labelledby="pane-title">
        <header class="pane-head">
          <span data-back>
            <Button
              look="icon"
              label={isRead ? STRINGS.progress.goBack : STRINGS.front.back}
              onPress={() => (isRead ? intents.back() : intents.open({ kind: "title" }))}
            >
              <BackIcon />
            </Button>
          </span>
          <h1 id="pane-title" class="pane-title" tabIndex={-1} ref={heading}>
            {isName ? <span translate={false}>{title}</span> : title}
          </h1>
          <span class="pane-corner">
            <SettingsButton />
            <MuteButton />
          </span>
        </header>
        {children}
      </section>
    </div>
  );
}

/**
 * Focuses the heading unless a field of the pane has the focus: a screen reader reads on from there, and the first Tab
 * goes to the first control.
 */
function useFocusUnlessTaken() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { current } = heading;
    const isTaken = current?.closest(".pane")?.contains(document.activeElement);
    if (!isTaken) current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
