/**
 * The open chat: the log, a line to type, and phrases for who has no keyboard at hand. A dialog, so that a gamepad walks
 * through it and leaves it; not a modal one, for the fight goes on with thumbs and mouse.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { deviceInUse } from "#client/deviceInUse.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ChatLine } from "./ChatLine.tsx";
import { chatLog, chatOpen, closeChat, heard } from "./chatModel.ts";
import { Entry } from "./Entry.tsx";
import { Phrases } from "./Phrases.tsx";
import { ScopeSwitch } from "./ScopeSwitch.tsx";

export function ChatPanel() {
  return chatOpen.value ? <OpenChat /> : null;
}

function OpenChat() {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key comes. On a phone the focus would bring up the keyboard over what was asked for.
  useLayoutEffect(() => {
    if (deviceInUse.value === "touch") return;
    const first = deviceInUse.value === "pad" ? ".phrases button" : ".chat-field";
    dialog.current?.querySelector<HTMLElement>(first)?.focus();
  }, []);
  return (
    <div class="over-view">
      <dialog
        ref={dialog}
        open
        id="chat"
        class="chat glass"
        aria-label={STRINGS.chat.title}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          event.preventDefault();
          closeChat();
        }}
        onClose={() => {
          chatOpen.value = false;
        }}
      >
        <Log />
        <ScopeSwitch />
        <ChatLine onSaid={closeChat}>
          <Button look="icon" label={STRINGS.chat.close} onPress={closeChat}>
            <CloseIcon />
          </Button>
        </ChatLine>
        <Phrases onSaid={closeChat} />
      </dialog>
    </div>
  );
}

/** Stays at its end while one is there. */
function Log() {
  const list = useRef<HTMLUListElement>(null);
  const isAtEnd = useRef(true);
  const entries = heard(chatLog.value);
  const newest = entries.at(-1)?.key;
  useEffect(() => {
    const box = list.current;
    if (box && newest !== undefined && isAtEnd.current) box.scrollTop = box.scrollHeight;
  }, [newest]);
  return (
    <ul
      ref={list}
      class="chat-log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={STRINGS.chat.title}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 8;
      }}
    >
      {entries.map((entry) => (
        <Entry key={entry.key} entry={entry} />
      ))}
    </ul>
  );
}
