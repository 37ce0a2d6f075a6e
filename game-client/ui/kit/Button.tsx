/** The page's buttons: every one makes its click known, and none keeps the mouse's focus from the game. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";

interface ButtonProps {
  children: ComponentChildren;
  /** Absent on a button that submits the form around it. */
  onPress?: () => void;
  look: "primary" | "plain" | "quiet" | "icon" | "danger";
  disabled?: boolean;
  /** Of what it shows and hides. */
  expanded?: boolean;
  /** For one of several that can be chosen. */
  pressed?: boolean;
  /** For buttons that show no text. */
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

/** A button that took the focus would be pressed again by the next space bar. */
function keepFocusInGame(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}
