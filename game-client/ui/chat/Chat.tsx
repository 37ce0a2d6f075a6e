/** The chat over the fight: its newest lines for a while, and the panel with all of them while it is open. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { ChatIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ChatPanel } from "./ChatPanel.tsx";
import { chatLog, chatOpen, heard } from "./chatModel.ts";
import { Entry } from "./Entry.tsx";

export function Chat() {
  return (
    <>
      <div class="over-view">
        <FadingLines />
      </div>
      {chatOpen.value && <ChatPanel />}
    </>
  );
}

export function ChatButton() {
  return (
    <Button
      look="icon"
      label={STRINGS.chat.open}
      expanded={chatOpen.value}
      onPress={() => {
        chatOpen.value = !chatOpen.value;
      }}
    >
      <ChatIcon />
    </Button>
  );
}

const SHOWN_MS = 9000;
const LINES_SHOWN = 6;

/** Also the live region for screen readers, so it stays on the page while the panel is open. */
function FadingLines() {
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
