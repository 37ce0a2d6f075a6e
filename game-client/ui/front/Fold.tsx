/** A part of the form that is folded away, and says in short what is in it. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FoldIcon } from "./icons.tsx";

interface FoldProps {
  name: string;
  sum: string;
  /** Something in it is wrong: it must be seen. */
  wrong: boolean;
  children: ComponentChildren;
}

export function Fold({ name, sum, wrong, children }: FoldProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  /** All of it that there is room for. */
  const show = (fold: HTMLDetailsElement) => {
    setOpen(fold.open);
    if (fold.open) fold.scrollIntoView({ block: "nearest" });
  };
  return (
    <details class="fold" open={open} onToggle={({ currentTarget }) => show(currentTarget)}>
      <summary>
        <FoldIcon />
        <span class="fold-name">{name}</span>
        <span class="fold-sum">{sum}</span>
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}
