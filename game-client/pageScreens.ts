/** Shows the screen and the scene that fit the state of the connection. */
import { effect } from "@preact/signals";
import { readScreening } from "#shared/replay/screening.ts";
import { showRoomInAddress } from "./address.ts";
import type { Game } from "./game.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import type { ConnectionState } from "./net/connectionContext.ts";
import { describeFailure } from "./net/failure.ts";
import { isSamePresence, presenceIn, type RoomPresence } from "./net/roomPresence.ts";
import { isReadPage } from "./pagePaths.ts";
import type { ShownScreening } from "./replay/screening.ts";
import { closeChat } from "./ui/chat/chatModel.ts";
import { OverArena } from "./ui/hud/lazyArena.ts";
import { roomOpen } from "./ui/room/roomModel.ts";
import { isStill } from "./ui/room/watchModel.ts";
import {
  type FrontScreen,
  home,
  idleAt,
  lateUntil,
  restartAt,
  type Screen,
  screen,
} from "./ui/state/model.ts";

type Joined = Extract<ConnectionState, { kind: "joined" }>;
type NotJoined = Exclude<ConnectionState, Joined>;

export class Screens {
  readonly #load: () => Promise<Game>;
  readonly #leave: (next: ConnectionState) => void;
  /** Set first by `show`: a scene that finishes loading for an older state must not be shown. */
  #state: ConnectionState;
  /** The replay that the room watches, once it is asked for. */
  #screening: ShownScreening | undefined;

  /** `leave` gives the seat up and then shows `next`. */
  constructor(initial: ConnectionState, load: () => Promise<Game>, leave: (next: ConnectionState) => void) {
    this.#state = initial;
    this.#load = load;
    this.#leave = leave;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The room that the page is in; undefined while the connection is down. */
  get joinedRoom(): ArenaLink | undefined {
    return this.#state.kind === "joined" ? this.#state.room : undefined;
  }

  async show(state: ConnectionState): Promise<void> {
    // The next match of a room is no new room: what the server has announced still holds.
    if (this.#state !== state) lateUntil.value = undefined;
    this.#state = state;
    if (state.kind !== "joined" && state.kind !== "dropped") this.#endScreening();
    if (state.kind !== "joined") {
      restartAt.value = undefined;
      idleAt.value = undefined;
      isStill.value = false;
      screen.value = screenOf(state);
      roomOpen.value = false;
      closeChat();
    }
    try {
      await this.#showScene(state);
    } catch (error) {
      // The map did not load: a player who sees nothing must not stand in the arena.
      if (this.#state !== state || state.kind !== "joined") return;
      // The page says it in the player's language; the cause is for whoever looks into the console.
      console.warn(error);
      this.#leave(describeFailure(error));
    }
  }

  /** For a visit that begins on a profile, match or account page: loads the arena when the reader leaves it. */
  showSceneAfterPages(): void {
    const stop = effect(() => {
      const { kind } = screen.value;
      if (["account", "replay", "editor", "overlay"].includes(kind) || isReadPage(screen.value)) return;
      queueMicrotask(() => stop());
      // Without a picture the front screens lack only their background.
      if (this.#state.kind === "idle") this.#showScene(this.#state).catch(() => {});
    });
  }

  /** Behind a screen that follows a replay. */
  showBackground(): void {
    if (this.#state.kind === "idle") this.#showScene(this.#state).catch(() => {});
  }

  async #showScene(state: ConnectionState): Promise<void> {
    const game = await this.#load();
    if (this.#state !== state || state.kind === "dropped" || state.kind === "joining") return;
    if (state.kind === "joined") await this.#enterFight(state, game);
    else if (screen.peek().kind !== "editor") game.showTitle();
  }

  async #enterFight(state: Joined, game: Game): Promise<void> {
    const { room } = state;
    const picture = pictureIn(room);
    if (picture?.presence?.own) lateUntil.value = undefined;
    await Promise.all([this.#showPicture(state, picture, game), OverArena.fetch()]);
    if (this.#state !== state) return;
    // A refresh returns to the editor, and from there to the room.
    if (!home.peek()) showRoomInAddress(room.roomId);
    screen.value = { kind: "playing" };
    this.#followPicture(state, picture);
  }

  /** The room's fight, or the replay that the room watches. */
  async #showPicture({ room }: Joined, picture: Picture | undefined, game: Game): Promise<void> {
    const id = picture?.screening;
    if (id === undefined) {
      const before = this.#screening;
      await game.enterArena(room);
      if (before && before === this.#screening) this.#endScreening();
      return;
    }
    const { showScreening } = await import("./replay/screening.ts");
    // Both may have changed meanwhile.
    if (this.joinedRoom !== room || pictureIn(room)?.screening !== id) return;
    if (this.#screening?.room !== room || this.#screening.id !== id) {
      this.#endScreening();
      this.#screening = showScreening(room, id, location.origin, game);
    }
    await this.#screening.isThere;
  }

  #endScreening(): void {
    this.#screening?.end();
    this.#screening = undefined;
  }

  /**
   * Shows the room anew when the next match is on another map, when the player changes between playing and watching, and
   * when the room begins or ends to watch a replay.
   */
  #followPicture(state: Joined, before: Picture | undefined): void {
    const { room } = state;
    const follow = () => {
      if (performance.now() > (lateUntil.value ?? Number.POSITIVE_INFINITY)) lateUntil.value = undefined;
      const now = pictureIn(room);
      const isCurrent = this.#state === state;
      // Wait for the drone to arrive.
      if (!now && isCurrent) return;
      if (isCurrent && isSamePicture(before, now)) return;
      room.onStateChange.remove(follow);
      if (isCurrent) void this.show(state);
    };
    room.onStateChange(follow);
    // A room that stands still sends no state: it may have changed while the picture was fetched.
    follow();
  }
}

/** A room shows its fight, or a replay. */
interface Picture {
  readonly presence: RoomPresence | undefined;
  /** The id of the replay that the room watches. */
  readonly screening: string | undefined;
}

/** Undefined until a player's drone is in the state, unless the room watches a replay. */
function pictureIn(room: ArenaLink): Picture | undefined {
  const screening = readScreening(room.state.screening)?.id;
  if (screening !== undefined) return { presence: undefined, screening };
  const presence = presenceIn(room);
  return presence && { presence, screening: undefined };
}

const isSamePicture = (one: Picture | undefined, other: Picture | undefined): boolean =>
  one?.screening === other?.screening && isSamePresence(one?.presence, other?.presence);

function screenOf(state: NotJoined): Screen {
  if (state.kind === "idle") return frontAfter(state);
  if (state.kind === "dropped") return { kind: "dropped", seatLostAt: state.seatLostAt };
  return state;
}

/** The editor that the player has left for a room; else the screen to correct a failed request: password or settings; else the title. */
function frontAfter({ outcome, request }: Extract<ConnectionState, { kind: "idle" }>): FrontScreen {
  const edited = home.peek();
  if (edited) return { ...edited, outcome };
  if (request?.kind === "code" || request?.kind === "takeOver")
    return { kind: "gate", code: request.code, outcome };
  if (request?.kind === "host") return { kind: "host", outcome, screening: request.screening };
  return { kind: "title", outcome };
}
