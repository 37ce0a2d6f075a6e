/** A screen over the title's arena: a way back, what it is, what it holds, and what it comes to at its foot. */
import "./front.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { MuteButton } from "#client/ui/settings/MuteButton.tsx";
import { SettingsButton } from "#client/ui/settings/SettingsButton.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { BackIcon } from "./icons.tsx";

interface PaneProps {
  title: string;
  children: ComponentChildren;
  size?: "small" | "large";
}

export function Pane({ title, children, size = "small" }: PaneProps) {
  const intents = useIntents();
  const heading = useFocusUnlessTaken();
  return (
    <div class="front">
      <section class={`pane pane-${size} glass`} aria-labelledby="pane-title">
        <header class="pane-head">
          <span data-back>
            <Button look="icon" label={STRINGS.front.back} onPress={() => intents.open({ kind: "title" })}>
              <BackIcon />
            </Button>
          </span>
          <h1 id="pane-title" class="pane-title" tabIndex={-1} ref={heading}>
            {title}
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

/** So that a screen reader reads on from here, and the first Tab goes to the first control. */
function useFocusUnlessTaken() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { current } = heading;
    const taken = current?.closest(".pane")?.contains(document.activeElement);
    if (!taken) current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
