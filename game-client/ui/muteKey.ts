/** M mutes from everywhere, except while somebody types. */
import { isTyping } from "#client/isTyping.ts";
import { type Intents, muted } from "./model.ts";

export function listenForMuteKey(intents: Intents): void {
  window.addEventListener("keydown", (event) => {
    const isPlainM =
      event.code === "KeyM" && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlainM || isTyping(event)) return;
    intents.setMuted(!muted.value);
    intents.pressed();
  });
}
