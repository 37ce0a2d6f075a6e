/** The field for a line of chat, with the characters left and the seconds to wait. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { CHAT_MAX_CHARS } from "#shared/protocol/chat.ts";
import { chatRefusal, scopeNow, sendChat, speakAgainAtMs } from "./chatModel.ts";

/** The count of characters left appears from here on. */
const COUNTED_CHARS = 40;

interface ChatInputProps {
  /** Called when the room took the line, or when Enter is pressed on an empty one. */
  onSent: () => void;
  /** Shown behind the button. */
  children: ComponentChildren;
}

export function ChatInput({ onSent, children }: ChatInputProps) {
  const words = STRINGS.chat;
  const [text, setText] = useState("");
  const waitSec = useWaitSec();
  const sendOnce = useSendOnce();
  useEffect(() => {
    chatRefusal.value = "";
  }, []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return onSent();
    if (waitSec > 0 || !(await sendOnce(text))) return;
    setText("");
    onSent();
  };
  const left = CHAT_MAX_CHARS - text.length;
  const note =
    waitSec > 0 ? words.wait(waitSec) : chatRefusal.value || (left <= COUNTED_CHARS ? words.left(left) : "");
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

/** Ignores a second Enter while a line is on its way. Resolves to whether the room took the line. */
function useSendOnce() {
  const intents = useIntents();
  const isSending = useRef(false);
  return async (text: string): Promise<boolean> => {
    if (isSending.current) return false;
    isSending.current = true;
    const isSent = await sendChat(intents, { scope: scopeNow(), text });
    isSending.current = false;
    return isSent;
  };
}

/** Ignores the repeats of a key that was already held, to steer, when the field got the focus. */
function useNoHeldKeys() {
  const typed = useRef(new Set<string>());
  return {
    onKeyDown(event: KeyboardEvent) {
      if (!event.repeat) typed.current.add(event.code);
      else if (!typed.current.has(event.code)) event.preventDefault();
    },
  };
}

const REFRESH_MS = 200;

/** Whole seconds until the room takes the next line; the timer stops soon after. */
function useWaitSec(): number {
  const until = speakAgainAtMs.value;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (until <= performance.now()) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), REFRESH_MS);
    const over = setTimeout(() => clearInterval(timer), until - performance.now() + 2 * REFRESH_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(over);
    };
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
