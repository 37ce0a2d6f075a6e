/** What people say to each other, over the fight. */
import { Button } from "#client/ui/kit/Button.tsx";
import { ChatIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { ChatPanel } from "./ChatPanel.tsx";
import { chatOpen } from "./chatModel.ts";
import { FadingChat } from "./FadingChat.tsx";

export function Chat() {
  return (
    <>
      <div class="over-view">
        <FadingChat />
      </div>
      <ChatPanel />
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
