/** Gets everything that a fight needs before a seat is taken: the game's chunk, its HUD, a picture, and the maps. */
import type { GameAudio } from "./audio/player.ts";
import { CannotShow } from "./cannotShow.ts";
import type { Game } from "./game.ts";
import { fetchMap, fetchMaps } from "./net/roomLookup.ts";
import { OverArena } from "./ui/hud/lazyArena.ts";

/** A request that stalls must not hold a join: a fight fetches its own map. */
const MAPS_WITHIN_MS = 3_000;

export interface GameLoader {
  /** The game, which every call shares. Rejects with CannotShow; the next call then tries again. */
  load(): Promise<Game>;
  /** Resolves when a fight can be shown at once. Rejects with CannotShow. */
  ready(): Promise<void>;
}

/** `onLost` is called when the picture is lost for good; the loader then rejects with the same error. */
export function createGameLoader(
  parent: HTMLElement,
  audio: GameAudio,
  onLost: (error: CannotShow) => void,
): GameLoader {
  let game: Promise<Game> | undefined;
  let lost: CannotShow | undefined;
  let maps: Promise<void> | undefined;

  const lose = () => {
    lost = new CannotShow("pictureLost");
    onLost(lost);
  };
  const load = async () => {
    if (lost) throw lost;
    game ??= startGame(parent, audio, lose);
    // While the game's chunk loads: a fight that waits for both waits for one round trip less.
    maps ??= cacheMaps();
    return game.catch((error) => {
      game = undefined;
      throw error;
    });
  };
  return {
    load,
    async ready() {
      await Promise.all([load(), OverArena.fetch().catch(notLoaded)]);
      await Promise.race([maps, new Promise((resolve) => setTimeout(resolve, MAPS_WITHIN_MS))]);
    },
  };
}

async function startGame(parent: HTMLElement, audio: GameAudio, onLost: () => void): Promise<Game> {
  if (!hasWebGl()) throw new CannotShow("noWebGl");
  const { createGame } = await import("./game.ts").catch(notLoaded);
  return createGame(parent, audio, onLost).catch((error) => {
    console.error(error);
    throw error instanceof CannotShow ? error : new CannotShow("drawingFailed", error);
  });
}

function notLoaded(error: unknown): never {
  throw new CannotShow("notLoaded", error);
}

function hasWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl");
  // Browsers keep few contexts at a time: the game needs this one's place.
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/** Into the browser's cache. A map that fails is reported when a fight needs it. */
async function cacheMaps(): Promise<void> {
  const offers = await fetchMaps(location.origin).catch(() => []);
  await Promise.allSettled(offers.map(({ name }) => fetchMap(name, "low")));
}
