/** Who is to hear it: everybody, one's own side, or those who watch. */
import { Button } from "#client/ui/kit/Button.tsx";
import { isTeamedNow } from "#client/ui/room/OwnPlace.tsx";
import { ownSeat } from "#client/ui/room/roomModel.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ChatScope } from "#shared/protocol/chat.ts";
import { chatScope } from "./chatModel.ts";

/** That mean something where one is now. */
function scopes(): readonly ChatScope[] {
  if (ownSeat.value?.spectating) return ["all", "spectators"];
  return isTeamedNow() ? ["all", "team"] : ["all"];
}

/** The chosen one, or "all" where that has no meaning any more. */
export const scopeNow = (): ChatScope => (scopes().includes(chatScope.value) ? chatScope.value : "all");

export function ScopeSwitch() {
  const offered = scopes();
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
