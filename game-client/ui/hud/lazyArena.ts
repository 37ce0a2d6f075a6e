/** What lies over the arena comes behind the title, with the arena. */
import { lazily } from "#client/ui/kit/lazily.tsx";

export const OverArena = lazily(async () => (await import("./OverArena.tsx")).OverArena);
