/** Makes a video of the chosen part: its progress, a way to stop it, and what to do with the file. */
import { useEffect, useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";
import { percent } from "#client/ui/kit/figures.ts";
import { CheckIcon, ShareIcon } from "#client/ui/kit/icons.tsx";
import { canShare, share } from "#client/ui/kit/sharing.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type ClipRange, clipControls, video } from "./clipModel.ts";
import { megabytesText } from "./clipText.ts";

export function VideoMaker({ range }: { range: ClipRange }) {
  const now = video.value;
  // A video of another part is no longer what the panel offers.
  useEffect(() => {
    const { is } = video.peek();
    if (is === "ready" || is === "failed") video.value = { is: "none" };
  }, [range.fromMs, range.toMs]);
  const words = STRINGS.clips;
  if (now.is === "making") return <Making of={now} />;
  return (
    <>
      {now.is !== "ready" && clipControls.value && (
        <Button look="plain" onPress={() => clipControls.peek()?.make(range)}>
          {words.video}
        </Button>
      )}
      {now.is === "ready" && <Ready file={now.file} />}
      <p class={now.is === "failed" ? "clip-notice" : "visually-hidden"} role="status">
        {now.is === "failed" && words.failed}
      </p>
    </>
  );
}

function Making({
  of: { share: done, isHidden, isRealTime },
}: {
  of: typeof video.value & { is: "making" };
}) {
  const words = STRINGS.clips;
  const text = words.rendering(percent(done));
  return (
    <>
      <progress class="clip-progress" value={done} aria-label={text} />
      {/* Each per cent would be read out. */}
      <p class="clip-rendering figures" aria-hidden="true">
        {text}
      </p>
      <p class="clip-rendering" role="status">
        {isHidden ? words.hidden : isRealTime && words.realTime}
      </p>
      <Button look="plain" onPress={() => clipControls.peek()?.cancel()}>
        {words.cancel}
      </Button>
    </>
  );
}

function Ready({ file }: { file: File }) {
  const words = STRINGS.clips;
  return (
    <>
      <Preview file={file} />
      <p class="clip-notice" role="status">
        <CheckIcon />
        {words.ready(megabytesText(file.size))}
      </p>
      <Button look="plain" onPress={() => save(file)}>
        {words.save}
      </Button>
      {canShare({ files: [file] }) && (
        <Button look="plain" onPress={() => void share({ files: [file] })}>
          <ShareIcon />
          {words.shareVideo}
        </Button>
      )}
    </>
  );
}

/** Plays the video again and again, over the picture. */
function Preview({ file }: { file: File }) {
  const player = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const href = URL.createObjectURL(file);
    if (player.current) player.current.src = href;
    return () => URL.revokeObjectURL(href);
  }, [file]);
  return (
    <video
      ref={player}
      class="clip-preview"
      aria-label={STRINGS.clips.preview}
      controls
      disablePictureInPicture
      loop
      muted
      playsInline
    />
  );
}

/** A browser that has begun to save no longer needs the address. */
const ADDRESS_KEPT_MS = 60_000;

function save(file: File): void {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), ADDRESS_KEPT_MS);
}
