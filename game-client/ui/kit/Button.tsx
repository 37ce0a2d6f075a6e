/** The page's button: each press makes a click sound, and no press by mouse takes the focus from the game. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";

interface ButtonProps {
  children: ComponentChildren;
  /** Without it, the button submits its form. */
  onPress?: () => void;
  look: "primary" | "plain" | "quiet" | "icon" | "danger";
  disabled?: boolean;
  /** Whether what the button toggles is shown. */
  expanded?: boolean;
  /** Whether a button that can be chosen is chosen. */
  pressed?: boolean;
  /** The name of a button without text. */
  label?: string;
  autoFocus?: boolean;
}

export function Button({
  children,
  onPress,
  look,
  label,
  pressed,
  expanded,
  disabled,
  autoFocus = false,
}: ButtonProps) {
  const intents = useIntents();
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (autoFocus) element.current?.focus();
  }, [autoFocus]);
  return (
    <button
      ref={element}
      type={onPress ? "button" : "submit"}
      class={`button button-${look}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      title={label}
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={keepFocusInGame}
      onClick={() => {
        intents.pressed();
        onPress?.();
      }}
    >
      {children}
    </button>
  );
}

/** The next space bar, meant for the game, would press a focused button again. */
function keepFocusInGame(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}
