/** The choice of emotes, and of pings in a team: a row of buttons with their number keys. */
import "./emotes.css";
import { deviceInUse } from "#client/deviceInUse.ts";
import { EMOTE_PATHS, PING_PATHS } from "#client/emoteShapes.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { choices, emotesOpen, mayEmote, type Wish, wish } from "#client/ui/state/emotes.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function EmoteChoice() {
  if (!emotesOpen.value) return null;
  return (
    <section class="emotes glass" aria-label={STRINGS.share.emotes.title} data-menu>
      {choices("button").map((choice, index) => (
        <Button key={nameOf(choice)} look="icon" label={nameOf(choice)} onPress={() => wish(choice)}>
          <svg class={"ping" in choice ? "emote-ping" : "emote"} viewBox="0 0 1 1" aria-hidden="true">
            <path d={"ping" in choice ? PING_PATHS[choice.ping] : EMOTE_PATHS[choice.emote]} />
          </svg>
          {deviceInUse.value === "keys" && (
            <span class="emote-key figures" aria-hidden="true">
              {index + 1}
            </span>
          )}
        </Button>
      ))}
    </section>
  );
}

/** A button for thumbs; a keyboard and a gamepad have a key for it. */
export function EmotesButton() {
  if (deviceInUse.value !== "touch" || !mayEmote()) return null;
  return (
    <Button
      look="icon"
      label={STRINGS.share.emotes.title}
      expanded={emotesOpen.value}
      onPress={() => {
        emotesOpen.value = !emotesOpen.value;
      }}
    >
      <svg class="emote" viewBox="0 0 1 1" aria-hidden="true">
        <path d={EMOTE_PATHS.laugh} />
      </svg>
    </Button>
  );
}

const nameOf = (choice: Wish): string => {
  const { names, pings } = STRINGS.share.emotes;
  return "ping" in choice ? pings[choice.ping] : names[choice.emote];
};
