/** Sticks and buttons for a touch screen. The sticks are drawings: input/touch.ts reads thumbs wherever they land. */
import type { ComponentChildren } from "preact";
import { stickRadiusPx } from "#client/settings/touchSize.ts";
import { DashIcon, SpecialIcon } from "#client/ui/kit/icons.tsx";
import { type TouchStick, touchSticks } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Half the drawing's side in stick radii, with space for the knob beyond the rim. */
const BOX = 1.6;

export function TouchControls() {
  return (
    <div class="touch">
      <Stick at={touchSticks.value.move} side="move" />
      <Stick at={touchSticks.value.aim} side="aim" />
      <TouchButton does="altFire">
        <SpecialIcon />
      </TouchButton>
      <TouchButton does="dash">
        <DashIcon />
      </TouchButton>
    </div>
  );
}

/** Without a thumb on it, the stick is faint and in its corner. */
function Stick({ at, side }: { at: TouchStick | undefined; side: "move" | "aim" }) {
  const radius = stickRadiusPx.value;
  const isOut = at !== undefined && Math.hypot(at.push.x, at.push.y) >= 0.7;
  const classes = ["touch-stick", `touch-stick-${side}`, at && "touch-held", isOut && "touch-out"];
  const place = at && { left: `${at.x - radius * BOX}px`, top: `${at.y - radius * BOX}px` };
  return (
    <svg
      class={classes.filter(Boolean).join(" ")}
      style={place}
      viewBox={`${-BOX} ${-BOX} ${2 * BOX} ${2 * BOX}`}
      aria-hidden="true"
    >
      <circle class="touch-rim" r="1" />
      {side === "aim" && <circle class="touch-fire-from" r="0.7" />}
      <circle class="touch-knob" cx={at?.push.x ?? 0} cy={at?.push.y ?? 0} r="0.46" />
    </svg>
  );
}

/** Not in the tab order: a keyboard has keys for the same actions. */
function TouchButton({ does, children }: { does: "dash" | "altFire"; children: ComponentChildren }) {
  return (
    <button
      type="button"
      class={`touch-button touch-button-${does}`}
      data-touch={does}
      aria-label={STRINGS.touch[does]}
      tabIndex={-1}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </button>
  );
}
