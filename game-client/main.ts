/** The page: connects what the player wants, how the connection is, and what is on screen. */
import { effect } from "@preact/signals";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { roomInAddress, showRoomInAddress } from "./address.ts";
import { createAudio } from "./audio/player.ts";
import { watchDevices } from "./input/deviceWatch.ts";
import { listenForNumbers } from "./input/numbers.ts";
import { listenForPadMenu } from "./input/padMenu.ts";
import { listenForPageActions, type PageAction } from "./input/pageActions.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import { ask } from "./net/asking.ts";
import { createConnection } from "./net/connection.ts";
import type { ConnectionState } from "./net/connectionContext.ts";
import { requestByLink } from "./net/requestSeat.ts";
import { watchRooms } from "./net/roomList.ts";
import { fetchMaps, lookUpRoom } from "./net/roomLookup.ts";
import { isSameStanding, type Standing, standingIn } from "./net/roomPresence.ts";
import { settings } from "./settings/settings.ts";
import {
  chatOpen,
  closeChat,
  expectRepeats,
  forgetChat,
  hearLines,
  hearNotice,
} from "./ui/chat/chatModel.ts";
import { OverArena } from "./ui/hud/lazyArena.ts";
import { mountUi } from "./ui/mount.tsx";
import { closeRoom } from "./ui/room/closeRoom.ts";
import { recallMuted } from "./ui/room/muting.ts";
import { room, roomOpen } from "./ui/room/roomModel.ts";
import { closeSettings } from "./ui/settings/Settings.tsx";
import { captionSounds } from "./ui/state/captions.ts";
import {
  type FrontScreen,
  type Intents,
  isDecided,
  match,
  muted,
  netGraphOpen,
  ownVote,
  restartAt,
  roomList,
  type Screen,
  scoresHeld,
  screen,
  settingsOpen,
} from "./ui/state/model.ts";
import { setNetGraphOpen } from "./ui/state/netGraphOpen.ts";
import { language, loadLanguage } from "./ui/strings/strings.ts";

const audio = captionSounds(createAudio());
muted.value = audio.muted();

const gameParent = requireElement("game");
const game = import("./game.ts").then(({ createGame }) => createGame(gameParent, audio));
const connection = createConnection(location.origin, {
  onChange: (state) => void show(state),
  onNotice: tell,
  onEnter: enter,
});
const linked = roomInAddress();
/** The newest state; an older one that was still loading something must not show over it. */
let shown: ConnectionState = {
  kind: "idle",
  ...(linked !== undefined && { request: requestByLink(linked) }),
};

const intents: Intents = {
  enter: (name, request) => void connection.join(name, request),
  open(front) {
    screen.value = front;
  },
  lookUp: (code) => lookUpRoom(location.origin, code),
  listMaps: () => fetchMaps(location.origin),
  watchRooms: () =>
    watchRooms(location.origin, (list) => {
      roomList.value = list;
    }),
  retry: () => void connection.retry(),
  leave: () => connection.leave(),
  reload: () => location.reload(),
  vote(choice) {
    ownVote.value = choice;
    connection.vote(choice);
  },
  host: (action) => ask(linkNow(), MESSAGE.host, action),
  place: (place) => ask(linkNow(), MESSAGE.place, place),
  say: (message) => ask(linkNow(), MESSAGE.chat, message),
  setMuted(value) {
    audio.setMuted(value);
    muted.value = audio.muted();
  },
  pressed() {
    audio.unlock();
    audio.play("click");
  },
};
// Without its texts the page speaks English until they are there.
await loadLanguage(language.peek()).catch(() => {});
mountUi(requireElement("ui"), intents);
effect(() => showFrontInAddress(screen.value));
effect(() => audio.setVolume("effects", settings.effectsVolume.value));
effect(() => audio.setVolume("music", settings.musicVolume.value));
effect(() => {
  if (isMenuOpen()) closeChat();
});
watchDevices();
listenForPageActions({
  press: pressAction,
  release(action) {
    if (action === "scores") scoresHeld.value = false;
  },
});

const isVoteUp = () => screen.value.kind === "playing" && isDecided.value;
listenForPadMenu(() => isMenuOpen() || chatOpen.value || screen.value.kind !== "playing" || isVoteUp());
listenForNumbers((place) => {
  if (isMenuOpen() || chatOpen.value || !isVoteUp() || !match.value?.candidates[place]) return false;
  intents.pressed();
  intents.vote(place);
  return true;
});

// Browsers let audio start only in the handler of a press, and a fight can be resumed without any button.
for (const press of ["pointerdown", "keydown"]) window.addEventListener(press, () => audio.unlock());

// Before anything is waited for: what the tab remembers is the last visit's seat, not one that Play has taken since.
const resuming = connection.resume(linked);
if (shown.kind === "idle") void show(shown);
await resuming;

async function show(state: ConnectionState): Promise<void> {
  shown = state;
  restartAt.value = undefined;
  if (state.kind !== "joined") {
    screen.value = screenOf(state);
    roomOpen.value = false;
    closeChat();
  }
  try {
    await showScene(state);
  } catch (error) {
    // No WebGL, a map or a part of the page that did not load: whoever cannot see must not stand in the arena.
    const reason = error instanceof Error ? error.message : String(error);
    if (shown === state && state.kind === "joined") connection.leave({ kind: "unreachable", reason });
  }
}

/** Whether the action means something on the screen that is shown. */
function pressAction(action: PageAction): boolean {
  const isFight = screen.value.kind === "playing" || screen.value.kind === "dropped";
  if (action === "mute") {
    intents.setMuted(!muted.value);
    intents.pressed();
  } else if (action === "menu") {
    if (settingsOpen.value) closeSettings();
    else if (roomOpen.value) closeRoom();
    else if (chatOpen.value) closeChat();
    else settingsOpen.value = true;
  } else if (!isFight || settingsOpen.value) return false;
  else if (action === "room") {
    if (roomOpen.value) closeRoom();
    else roomOpen.value = room.value !== undefined;
  } else if (roomOpen.value) return false;
  else if (action === "chat") chatOpen.value = !chatOpen.value;
  // Tab goes on inside the open chat.
  else if (document.activeElement?.closest("dialog")) return false;
  else if (action === "scores") scoresHeld.value = true;
  else setNetGraphOpen(!netGraphOpen.value);
  return true;
}

function isMenuOpen(): boolean {
  return settingsOpen.value || roomOpen.value;
}

/** To be asked. */
function linkNow(): ArenaLink | undefined {
  return shown.kind === "joined" ? shown.room : undefined;
}

function enter(link: ArenaLink): void {
  room.value = undefined;
  forgetChat();
  recallMuted(link.roomId);
  link.onMessage(MESSAGE.chat, hearLines);
  link.onReconnect(expectRepeats);
}

function tell(notice: Notice): void {
  hearNotice(notice);
  if (notice.type === "restarting") restartAt.value = performance.now() + notice.inMs;
}

async function showScene(state: ConnectionState): Promise<void> {
  const { showTitle, enterArena } = await game;
  if (shown !== state || state.kind === "dropped" || state.kind === "joining") return;
  if (state.kind !== "joined") return showTitle();
  const standing = standingIn(state.room);
  await Promise.all([enterArena(state.room), OverArena.fetch()]);
  if (shown !== state) return;
  showRoomInAddress(state.room.roomId);
  screen.value = { kind: "playing" };
  followStanding(state, standing);
}

/** The next match may be in another arena, and who plays may go and watch. */
function followStanding(
  state: Extract<ConnectionState, { kind: "joined" }>,
  before: Standing | undefined,
): void {
  const { room } = state;
  const follow = () => {
    const now = standingIn(room);
    // The drone has not arrived yet.
    if (!now && shown === state) return;
    const isOver = shown !== state || !isSameStanding(before, now);
    if (isOver) room.onStateChange.remove(follow);
    if (isOver && shown === state) void show(state);
  };
  room.onStateChange(follow);
}

function screenOf(state: Exclude<ConnectionState, { kind: "joined" }>): Screen {
  if (state.kind === "idle") return frontAfter(state);
  if (state.kind === "dropped") return { kind: "dropped", seatLostAt: state.seatLostAt };
  return state;
}

/** Where one is asked again: for a password, for other settings; else the title. */
function frontAfter({ outcome, request }: Extract<ConnectionState, { kind: "idle" }>): FrontScreen {
  if (request?.kind === "code" || request?.kind === "takeOver")
    return { kind: "gate", code: request.code, outcome };
  return { kind: request?.kind === "host" ? "host" : "title", outcome };
}

/** While joining or unreachable, the address stays, so that a refresh leads to the same place. */
function showFrontInAddress(now: Screen): void {
  if (now.kind === "gate") showRoomInAddress(now.code);
  else if (now.kind === "title" || now.kind === "host" || now.kind === "browse" || now.kind === "code")
    showRoomInAddress();
}

function requireElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
