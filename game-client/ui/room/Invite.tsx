/** How friends come in: the room's code and link, to be shared, copied, or photographed. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { CopyIcon, QrIcon, ShareIcon } from "#client/ui/kit/icons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { linkTo, room } from "./roomModel.ts";

/** `onTold`: what came of it. */
export function Invite({ onTold }: { onTold: (text: string) => void }) {
  const [qr, setQr] = useState(false);
  const now = room.value;
  if (!now) return null;
  const words = STRINGS.room.invite;
  const link = linkTo(now.code);
  return (
    <section class="invite" aria-label={words.title}>
      <output class="invite-link">
        <span class="invite-host">{link.replace(/^https?:\/\//, "").slice(0, -now.code.length)}</span>
        <strong class="invite-code">{now.code}</strong>
      </output>
      <div class="invite-buttons">
        <Button look="plain" onPress={() => void copy(link).then(onTold)}>
          <CopyIcon />
          {words.copy}
        </Button>
        {canShare(link) && (
          <Button look="plain" onPress={() => void share(link)}>
            <ShareIcon />
            {words.share}
          </Button>
        )}
        <Button look="plain" pressed={qr} onPress={() => setQr(!qr)}>
          <QrIcon />
          {words.qr}
        </Button>
      </div>
      {qr && <QrCode link={link} />}
    </section>
  );
}

/** Pages without TLS, on a home network, have no clipboard of their own. */
async function copy(link: string): Promise<string> {
  const words = STRINGS.room.invite;
  try {
    await navigator.clipboard.writeText(link);
    return words.copied;
  } catch {
    return `${words.notCopied} ${link}`;
  }
}

const canShare = (url: string): boolean => navigator.canShare?.({ url }) ?? false;

async function share(url: string): Promise<void> {
  // Rejects when the player thinks better of it.
  await navigator.share({ title: "Fracas", url }).catch(() => {});
}

/** Modules of a white rim, without which some cameras do not see it. */
const RIM = 3;

/** Its library is loaded with the first code. */
function QrCode({ link }: { link: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    import("lean-qr/nano").then(
      ({ generate }) => {
        const options = { on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: RIM } as const;
        if (canvas.current) generate(link).toCanvas(canvas.current, options);
      },
      () => {},
    );
  }, [link]);
  return <canvas ref={canvas} class="invite-qr" role="img" aria-label={STRINGS.room.invite.qrOf(link)} />;
}
