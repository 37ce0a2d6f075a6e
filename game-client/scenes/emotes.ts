/** Sends the emotes and pings that the player chooses, and sorts out those of others that the player does not want to see. */
import { effect, untracked } from "@preact/signals";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { settings } from "#client/settings/settings.ts";
import { isMutedHere } from "#client/ui/room/muting.ts";
import { emotesOpen, pings, type ShownPing, wished } from "#client/ui/state/emotes.ts";
import type { EmoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { createFadingList } from "./fadingList.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** How long a ping shows on the minimap. */
const PING_MS = 3000;

export interface Emotes {
  /** Call once a frame. */
  update(nowMs: number): void;
  hear(event: SimEvent, nowMs: number): void;
  /** Takes the pings off the minimap. */
  clear(): void;
  dispose(): void;
}

export function createEmotes(room: ArenaLink, viewpoint: Pick<Viewpoint, "aimed" | "eye">): Emotes {
  const shown = createFadingList<ShownPing>(pings, PING_MS);
  let openedAt: Place | undefined;
  let key = 0;
  const aimedAt = (): Place | undefined => {
    // The devices read signals, which must not run the effects below again.
    const aimed = untracked(() => viewpoint.aimed());
    const { x, y } = viewpoint.eye();
    return aimed && { x: x + Math.cos(aimed.aim) * aimed.px, y: y + Math.sin(aimed.aim) * aimed.px };
  };
  const send = (message: EmoteMessage) => room.send(MESSAGE.emote, message);
  const stop = [
    effect(() => {
      if (emotesOpen.value) openedAt = aimedAt();
    }),
    effect(() => {
      const wish = wished.value;
      if (!wish) return;
      wished.value = undefined;
      if ("emote" in wish) return send({ emote: wish.emote });
      const at = wish.from === "key" ? aimedAt() : openedAt;
      if (at) send({ ping: wish.ping, x: Math.max(0, Math.round(at.x)), y: Math.max(0, Math.round(at.y)) });
    }),
  ];
  return {
    update: (nowMs) => shown.update(nowMs),
    hear(event, nowMs) {
      if (event.type !== "ping") return;
      const { ping, drone, x, y } = event;
      shown.add({ key: key++, ping, team: room.state.roster.get(drone)?.team ?? 0, x, y }, nowMs);
    },
    clear: () => shown.clear(),
    dispose() {
      for (const each of stop) each();
      shown.clear();
      emotesOpen.value = false;
    },
  };
}

/** Whether the player has muted who shows this, or hides all emotes of others. Pings stay: they tell the team something. */
export function isUnwanted(event: SimEvent, { sessionId, state }: ArenaLink): boolean {
  if ((event.type !== "emote" && event.type !== "ping") || event.drone === sessionId) return false;
  if (event.type === "emote" && !settings.othersLooks.value) return true;
  return isMutedHere({ id: event.drone, name: state.roster.get(event.drone)?.name ?? "" });
}
