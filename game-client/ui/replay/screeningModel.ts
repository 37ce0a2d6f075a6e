/** The signals of a replay that the page's room watches. game-client/replay writes them. */
import { computed, signal } from "@preact/signals";
import { called } from "#client/ui/kit/Sentence.tsx";
import { host, mayHost } from "#client/ui/room/roomModel.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Whether the picture is a replay that the whole room watches. */
export const isScreened = signal(false);
/** Whether the viewer has the replay's controls. */
export const mayControl = computed(() => !isScreened.value || mayHost.value);

/** Says who has the controls. */
export function controllerText(): string {
  const words = STRINGS.together;
  if (mayHost.value) return words.byYou;
  const name = host.value?.name;
  return name ? words.by(called(name)) : words.byHost;
}
