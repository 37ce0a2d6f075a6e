/** OverArena and WatchedFight as a chunk of its own: it downloads behind the title, together with the arena. */
import { lazily } from "#client/ui/kit/lazily.tsx";

export const OverArena = lazily(async () => (await import("./OverArena.tsx")).OverArena);
export const WatchedFight = lazily(async () => (await import("./OverArena.tsx")).WatchedFight);
