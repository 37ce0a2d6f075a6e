/** Sticks and buttons for thumbs. The sticks are only drawn: input/touch.ts reads the thumbs wherever they land. */
import type { ComponentChildren } from "preact";
import { stickRadiusPx } from "#client/settings/touchSize.ts";
import { DashIcon, SpecialIcon } from "#client/ui/kit/icons.tsx";
import { type TouchStick, touchSticks } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Room for the knob and the rim's glow, in stick radii. */
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

/** Faint in its corner until a thumb takes it somewhere else. */
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

/** Not in the tab order: a keyboard has keys for it. */
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
