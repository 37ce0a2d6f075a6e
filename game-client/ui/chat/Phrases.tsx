/** What is said with one press; everybody reads it in their own language. */
import { Button } from "#client/ui/kit/Button.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { PHRASES, type Phrase } from "#shared/protocol/chat.ts";
import { scopeNow } from "./ScopeSwitch.tsx";
import { say } from "./saying.ts";

export function Phrases({ onSaid }: { onSaid: () => void }) {
  const intents = useIntents();
  const press = async (phrase: Phrase) => {
    if (await say(intents, { scope: scopeNow(), phrase })) onSaid();
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
