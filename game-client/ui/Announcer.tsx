/**
 * Announces screens and notices to screen readers. The two live regions are always on the page: a screen reader often
 * ignores a region that arrives together with its text. The kill feed is left out, because it would drown the rest.
 */
import { outcomeText } from "./front/OutcomeNotice.tsx";
import { idleAt, restartAt, type Screen, screen } from "./state/model.ts";
import { STRINGS } from "./strings/strings.ts";

export function Announcer() {
  const now = screen.value;
  return (
    <>
      <p class="visually-hidden" aria-live="polite">
        {politeText(now)}
      </p>
      <p class="visually-hidden" aria-live="assertive">
        {urgentText(now)}
      </p>
    </>
  );
}

function politeText(now: Screen): string {
  if ("outcome" in now && now.outcome) return outcomeText(now.outcome);
  return now.kind === "joining" ? STRINGS.joining.title : "";
}

function urgentText(now: Screen): string {
  switch (now.kind) {
    case "playing":
      if (idleAt.value !== undefined) return STRINGS.idle.spoken;
      return restartAt.value === undefined ? "" : STRINGS.closing.spoken;
    case "dropped":
      return STRINGS.dropped.spoken;
    case "restarting":
      return `${STRINGS.restarting.title}. ${STRINGS.restarting.body}`;
    case "unreachable":
      return `${STRINGS.unreachable.title}. ${STRINGS.unreachable.body}`;
    case "cannotShow": {
      const { title, body } = STRINGS.cannotShow[now.why];
      return `${title}. ${body}`;
    }
    case "stale":
      return `${STRINGS.stale.title}. ${STRINGS.stale.body}`;
    default:
      return "";
  }
}
