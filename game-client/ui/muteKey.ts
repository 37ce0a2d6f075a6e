/** M mutes from everywhere, except while somebody types. */
import { type Intents, muted } from "./model.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

export function listenForMuteKey(intents: Intents): void {
  window.addEventListener("keydown", (event) => {
    const isPlainM =
      event.code === "KeyM" && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlainM || isTyping(event.target)) return;
    intents.setMuted(!muted.value);
    intents.pressed();
  });
}
