/** A link to a page that is read, or to a replay: a press opens it here, and every browser's way of opening a tab works. */
import type { ComponentChildren } from "preact";
import { pathOf } from "#client/pagePaths.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import type { FrontScreen, ReadPage } from "#client/ui/state/model.ts";
import { replayAddress } from "#shared/replay/link.ts";

interface PageLinkProps {
  to: ReadPage | Extract<FrontScreen, { kind: "replay" }>;
  children: ComponentChildren;
  /** Opens another tab: a press must not end the fight on this page. */
  isOutside?: boolean;
  look?: "link" | "row";
}

export function PageLink({ to, children, isOutside = false, look = "link" }: PageLinkProps) {
  const intents = useIntents();
  return (
    <a
      class={`page-${look}`}
      href={to.kind === "replay" ? replayAddress(to.link) : pathOf(to)}
      {...(isOutside && { target: "_blank", rel: "noopener" })}
      onClick={(event) => {
        intents.pressed();
        if (isOutside || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        intents.open(to);
      }}
    >
      {children}
    </a>
  );
}
