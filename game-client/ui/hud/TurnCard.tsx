/** Asks to turn a phone that is held upright in an arena, where the view is a strip. The fight goes on beneath. */
import { signal } from "@preact/signals";
import { deviceInUse } from "#client/deviceInUse.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { canTurnByItself, turnByItself } from "./turnScreen.ts";
import "./turnCard.css";

const upright = matchMedia("(orientation: portrait)");
const isUpright = signal(upright.matches);
upright.addEventListener("change", ({ matches }) => {
  isUpright.value = matches;
});

/** Whether the player has chosen to play upright; until the page is reloaded. */
const isDeclined = signal(false);

/** Whether the card is shown; the sticks and buttons are hidden meanwhile. */
export const asksToTurn = (): boolean =>
  deviceInUse.value === "touch" && isUpright.value && !isDeclined.value;

export function TurnCard() {
  const words = STRINGS.hands.turn;
  return (
    <section class="turn-card glass" aria-labelledby="turn-title">
      <TurningPhone />
      <h2 id="turn-title" class="card-title">
        {words.title}
      </h2>
      <p>{words.body}</p>
      {canTurnByItself() && (
        <Button look="primary" onPress={() => void turnByItself()}>
          {words.fullScreen}
        </Button>
      )}
      <Button
        look="plain"
        onPress={() => {
          isDeclined.value = true;
        }}
      >
        {words.decline}
      </Button>
    </section>
  );
}

/** A phone that tips over from upright to across, with a drone's hexagon on its screen. */
function TurningPhone() {
  return (
    <svg class="turn-picture" viewBox="0 0 120 96" aria-hidden="true">
      <path class="turn-arrow" d="M84 14A42 42 0 0 1 104 40M98 32 104 41 110 32" />
      <g class="turn-phone">
        <path class="turn-frame" d="M46 10H74L80 16V80L74 86H46L40 80V16Z" />
        <path class="turn-drone" d="M60 38 68.500 43V53L60 58 51.500 53V43Z" />
        <path class="turn-button" d="M55 80H65" />
      </g>
    </svg>
  );
}
