/** Says what became of the clip that the player has just made. */
import "./clipNotice.css";
import { clipNotice } from "#client/ui/state/clips.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Renders the live region before its text. */
export function ClipNotice() {
  const now = clipNotice.value;
  return (
    <p class={now ? "clip-made" : "visually-hidden"} role="status">
      {now === "noAnswer" ? STRINGS.room.refused.noAnswer : now && STRINGS.clips[now]}
    </p>
  );
}
