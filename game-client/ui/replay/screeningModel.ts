/** What the page shows of a replay that its room watches, as signals. game-client/replay writes them. */
import { computed, signal } from "@preact/signals";
import { host, mayHost } from "#client/ui/room/roomModel.ts";

/** Whether the picture is a replay that the whole room watches. */
export const isScreened = signal(false);
/** Whether the viewer has the replay's controls. */
export const mayControl = computed(() => !isScreened.value || mayHost.value);
/** Name of the person who has the controls; "" while nobody is known. */
export const controller = computed(() => host.value?.name ?? "");
