/** What is up for a choice is chosen by its number: on the keyboard's upper row, whatever it types, or on its pad. */
import { isTyping } from "#client/isTyping.ts";

/** `choose` is given the place in the list, from 0, and returns whether something stands there. */
export function listenForNumbers(choose: (place: number) => boolean): void {
  window.addEventListener("keydown", (event) => {
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    if (number === undefined || event.repeat || isShortcut || isTyping(event)) return;
    if (choose(Number(number) - 1)) event.preventDefault();
  });
}
