/** The room's code and link for friends: to copy, to share, or to scan as a QR code. */
import { useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { QrIcon } from "#client/ui/kit/icons.tsx";
import { QrCode } from "#client/ui/kit/QrCode.tsx";
import { ShareButtons } from "#client/ui/kit/ShareButtons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { linkTo, room } from "./roomModel.ts";

/** `notify` gets the text that says whether the link was copied. */
export function Invite({ notify }: { notify: (text: string) => void }) {
  const [showsQr, setShowsQr] = useState(false);
  const now = room.value;
  if (!now) return null;
  const words = STRINGS.room.invite;
  const link = linkTo(now.code);
  return (
    <section class="invite" aria-label={words.title}>
      <output class="invite-link" translate={false}>
        <span class="invite-host">{link.replace(/^https?:\/\//, "").slice(0, -now.code.length)}</span>
        <strong class="invite-code">{now.code}</strong>
      </output>
      <div class="invite-buttons">
        <ShareButtons look="plain" link={link} notify={notify} />
        <Button look="plain" pressed={showsQr} onPress={() => setShowsQr(!showsQr)}>
          <QrIcon />
          {words.qr}
        </Button>
      </div>
      {showsQr && <QrCode link={link} label={words.qrOf(link)} />}
    </section>
  );
}
