/** Whether a key press goes into a text field and must not steer anything. */
export const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
