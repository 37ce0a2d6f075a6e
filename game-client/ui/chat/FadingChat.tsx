/** The newest lines over the fight, for a while; screen readers hear them from here, also while the chat is open. */
import { useEffect, useState } from "preact/hooks";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { chatLog, chatOpen, heard } from "./chatModel.ts";
import { Entry } from "./Entry.tsx";

const SHOWN_MS = 9000;
const LINES_SHOWN = 6;

export function FadingChat() {
  const [nowMs, setNowMs] = useState(0);
  const all = heard(chatLog.value);
  const fresh = all.slice(-LINES_SHOWN).filter(({ atMs }) => atMs + SHOWN_MS > nowMs);
  const nextMs = fresh[0] && fresh[0].atMs + SHOWN_MS;
  useEffect(() => {
    if (nextMs === undefined) return;
    const timer = setTimeout(() => setNowMs(performance.now()), Math.max(0, nextMs - performance.now()) + 20);
    return () => clearTimeout(timer);
  }, [nextMs]);
  return (
    <div
      class={chatOpen.value ? "visually-hidden" : "chat-fading"}
      role="log"
      aria-live="polite"
      aria-label={STRINGS.chat.title}
    >
      <ul>
        {fresh.map((entry) => (
          <Entry key={entry.key} entry={entry} />
        ))}
      </ul>
    </div>
  );
}
