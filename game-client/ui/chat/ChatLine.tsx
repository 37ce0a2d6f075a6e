/** The line that is typed: what is left of it, and how long the room wants to wait. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { CHAT_MAX_CHARS } from "#shared/protocol/chat.ts";
import { speakAgainAtMs } from "./chatModel.ts";
import { scopeNow } from "./ScopeSwitch.tsx";
import { say, unsaid } from "./saying.ts";

/** With so many characters left the count shows. */
const COUNTED_LEFT = 40;

interface ChatLineProps {
  onSaid: () => void;
  /** Behind its button. */
  children: ComponentChildren;
}

export function ChatLine({ onSaid, children }: ChatLineProps) {
  const intents = useIntents();
  const words = STRINGS.chat;
  const [text, setText] = useState("");
  /** On its way: a second Enter must not say it twice. */
  const sending = useRef(false);
  const waitSec = useWaitSec();
  useEffect(() => {
    unsaid.value = "";
  }, []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return onSaid();
    if (waitSec > 0 || sending.current) return;
    sending.current = true;
    const isSaid = await say(intents, { scope: scopeNow(), text });
    sending.current = false;
    if (isSaid) {
      setText("");
      onSaid();
    }
  };
  const left = CHAT_MAX_CHARS - text.length;
  const note =
    waitSec > 0 ? words.wait(waitSec) : unsaid.value || (left <= COUNTED_LEFT ? words.left(left) : "");
  return (
    <form class="chat-say" onSubmit={send}>
      <input
        class="chat-field"
        type="text"
        value={text}
        maxLength={CHAT_MAX_CHARS}
        placeholder={words.line}
        aria-label={words.line}
        autocomplete="off"
        enterkeyhint="send"
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        {...useNoHeldKeys()}
      />
      <Button look="plain" disabled={waitSec > 0}>
        {words.send}
      </Button>
      {children}
      <p class={note ? "chat-note figures" : "visually-hidden"} role="status">
        {note}
      </p>
    </form>
  );
}

/** A key that was steering when the line opened is not typed over and over. */
function useNoHeldKeys() {
  const typed = useRef(new Set<string>());
  return {
    onKeyDown(event: KeyboardEvent) {
      if (!event.repeat) typed.current.add(event.code);
      else if (!typed.current.has(event.code)) event.preventDefault();
    },
  };
}

const LOOK_MS = 200;

/** Whole seconds until the room takes the next line. */
function useWaitSec(): number {
  const until = speakAgainAtMs.value;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (until <= performance.now()) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), LOOK_MS);
    const over = setTimeout(() => clearInterval(timer), until - performance.now() + 2 * LOOK_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(over);
    };
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
