/** Copies a link, and shares it where the browser can. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Button } from "./Button.tsx";
import { CopyIcon, ShareIcon } from "./icons.tsx";
import { canShare, copyLink, share } from "./sharing.ts";

export interface ShareButtonsProps {
  link: string;
  /** "icon": without words. */
  look: "plain" | "icon";
  /** Gets the text that says whether the link was copied. */
  notify(text: string): void;
}

export function ShareButtons({ link, look, notify }: ShareButtonsProps) {
  const { copy: copyWord, share: shareWord } = STRINGS.room.invite;
  const worded = (word: string) => (look === "icon" ? { label: word } : {});
  return (
    <>
      <Button look={look} {...worded(copyWord)} onPress={() => void copyLink(link).then(notify)}>
        <CopyIcon />
        {look === "plain" && copyWord}
      </Button>
      {canShare({ url: link }) && (
        <Button look={look} {...worded(shareWord)} onPress={() => void share({ url: link })}>
          <ShareIcon />
          {look === "plain" && shareWord}
        </Button>
      )}
    </>
  );
}
