/** Whether a key press goes into a text field, and means no more than its letter. */
export const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
