/** What every modal dialog of the page does with the focus. */
import { useLayoutEffect, useRef } from "preact/hooks";

/** The browser makes the page behind inert, and gives the focus back to where it was on close(). */
export function useModal(firstFocus: string) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key comes.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(firstFocus)?.focus();
  }, [firstFocus]);
  return dialog;
}

const FOCUSABLE = "button, input, select, a[href]";

/** A modal dialog keeps the focus from the page, but Tab would still go out to the browser's own bars. */
export function keepFocusInside(event: KeyboardEvent & { currentTarget: HTMLDialogElement }): void {
  if (event.key !== "Tab") return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const [first, last] = [all[0], all.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}
