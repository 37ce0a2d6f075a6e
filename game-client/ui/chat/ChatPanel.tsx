/**
 * The open chat: the log, the audience, a field to type in, and phrases for players without a keyboard. A dialog, so that
 * a gamepad can walk through it and leave it; not a modal one, because the fight goes on with thumbs and mouse.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { deviceInUse } from "#client/deviceInUse.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { PHRASES, type Phrase } from "#shared/protocol/chat.ts";
import { ChatInput } from "./ChatInput.tsx";
import {
  availableScopes,
  chatLog,
  chatOpen,
  chatScope,
  closeChat,
  heard,
  scopeNow,
  sendChat,
} from "./chatModel.ts";
import { Entry } from "./Entry.tsx";

export function ChatPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  // A layout effect runs before the next key press. On a phone the focus would bring up the keyboard over the phrases.
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
        <ChatInput onSent={closeChat}>
          <Button look="icon" label={STRINGS.chat.close} onPress={closeChat}>
            <CloseIcon />
          </Button>
        </ChatInput>
        <Phrases onSent={closeChat} />
      </dialog>
    </div>
  );
}

/** Within this distance of its end the log follows new entries. */
const END_PX = 8;

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
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={STRINGS.chat.title}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - END_PX;
      }}
    >
      {entries.map((entry) => (
        <Entry key={entry.key} entry={entry} />
      ))}
    </ul>
  );
}

/** Who reads the next line: everybody, the player's side, or the spectators. */
function ScopeSwitch() {
  const offered = availableScopes();
  if (offered.length < 2) return null;
  const now = scopeNow();
  return (
    <fieldset class="chat-scopes" aria-label={STRINGS.chat.scope}>
      {offered.map((scope) => (
        <Button
          key={scope}
          look="plain"
          pressed={scope === now}
          onPress={() => {
            chatScope.value = scope;
          }}
        >
          {STRINGS.chat.scopes[scope]}
        </Button>
      ))}
    </fieldset>
  );
}

/** One press sends a phrase; every reader sees it in their own language. */
function Phrases({ onSent }: { onSent: () => void }) {
  const intents = useIntents();
  const press = async (phrase: Phrase) => {
    if (await sendChat(intents, { scope: scopeNow(), phrase })) onSent();
  };
  return (
    <fieldset class="phrases" aria-label={STRINGS.chat.phrasesTitle}>
      {PHRASES.map((phrase) => (
        <Button key={phrase} look="plain" onPress={() => void press(phrase)}>
          {STRINGS.chat.phrases[phrase]}
        </Button>
      ))}
    </fieldset>
  );
}
