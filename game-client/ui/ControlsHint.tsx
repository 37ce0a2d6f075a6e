/** How to play, in one line of keys. */
import type { ComponentChildren } from "preact";
import { MouseIcon, MousePressIcon } from "./icons.tsx";
import { STRINGS } from "./strings.ts";

const { controls } = STRINGS;

export function ControlsHint() {
  return (
    <ul class="controls" aria-label={controls.title}>
      <Hint does={controls.move}>
        <kbd>{controls.keys.up}</kbd>
        <kbd>{controls.keys.left}</kbd>
        <kbd>{controls.keys.down}</kbd>
        <kbd>{controls.keys.right}</kbd>
        <span class="controls-or">{controls.or}</span>
        <kbd aria-label={controls.arrows}>
          <ArrowKeys />
        </kbd>
      </Hint>
      <Hint does={controls.aim}>
        <span class="visually-hidden">{controls.mouse}</span>
        <MouseIcon />
      </Hint>
      <Hint does={controls.fire}>
        <MousePressIcon />
        <span class="controls-how">{controls.hold}</span>
      </Hint>
      <Hint does={controls.rail}>
        <kbd>{controls.rightButton}</kbd>
      </Hint>
      <Hint does={controls.mute}>
        <kbd>{controls.keys.mute}</kbd>
      </Hint>
    </ul>
  );
}

function Hint({ children, does }: { children: ComponentChildren; does: string }) {
  return (
    <li>
      <span class="controls-keys">{children}</span>
      <span class="controls-does">{does}</span>
    </li>
  );
}

function ArrowKeys() {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path
        class="icon-solid"
        d="M12 2 15.500 7H8.500ZM12 22 8.500 17H15.500ZM2 12 7 8.500V15.500ZM22 12 17 15.500V8.500Z"
      />
    </svg>
  );
}
