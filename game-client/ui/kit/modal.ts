/** Focus handling of the page's modal dialogs. */
import { useLayoutEffect, useRef } from "preact/hooks";

/** Opens the dialog on mount and focuses `firstFocus`, a selector. On close() the browser returns the focus. */
export function useModal(firstFocus: string) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A layout effect runs before the next key press.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(firstFocus)?.focus();
  }, [firstFocus]);
  return dialog;
}

const FOCUSABLE = "button, input, select, a[href]";

/** Wraps Tab around inside the dialog: a modal dialog keeps it from the page, but not from the browser's own bars. */
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
