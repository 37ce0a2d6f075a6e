/** The page: connects what the player wants, how the connection is, and what is on screen. */
import { effect } from "@preact/signals";
import { createAudio } from "#client/audio/player.ts";
import { watchDevices } from "#client/input/deviceWatch.ts";
import { listenForNumbers } from "#client/input/numbers.ts";
import { listenForPadMenu } from "#client/input/padMenu.ts";
import { listenForPageActions, type PageAction } from "#client/input/pageActions.ts";
import { type ConnectionState, createConnection } from "#client/net/connection.ts";
import { settings } from "#client/settings/settings.ts";
import { captionSounds } from "#client/ui/captionSounds.ts";
import {
  type Intents,
  isDecided,
  match,
  muted,
  netGraphOpen,
  ownVote,
  restartAt,
  type Screen,
  scoresHeld,
  screen,
  settingsOpen,
} from "#client/ui/model.ts";
import { mountUi } from "#client/ui/mount.tsx";
import { setNetGraphOpen } from "#client/ui/NetGraph.tsx";
import { closeSettings } from "#client/ui/settings/SettingsDialog.tsx";
import type { Notice } from "#shared/protocol/messages.ts";

const audio = captionSounds(createAudio());
muted.value = audio.muted();

const gameParent = requireElement("game");
const game = import("#client/game.ts").then(({ createGame }) => createGame(gameParent, audio));
const connection = createConnection(location.origin, (state) => void show(state), tell);
/** The newest state; an older one that was still loading something must not show over it. */
let shown: ConnectionState = { kind: "idle" };

const intents: Intents = {
  play: (name) => void connection.join(name),
  retry: () => void connection.retry(),
  leave: () => connection.leave(),
  reload: () => location.reload(),
  vote(choice) {
    ownVote.value = choice;
    connection.vote(choice);
  },
  setMuted(value) {
    audio.setMuted(value);
    muted.value = audio.muted();
  },
  pressed() {
    audio.unlock();
    audio.play("click");
  },
};
mountUi(requireElement("ui"), intents);
effect(() => audio.setVolume("effects", settings.effectsVolume.value));
effect(() => audio.setVolume("music", settings.musicVolume.value));
watchDevices();
listenForPageActions({
  press: pressAction,
  release(action) {
    if (action === "scores") scoresHeld.value = false;
  },
});

const isVoteUp = () => screen.value.kind === "playing" && isDecided.value;
listenForPadMenu(() => settingsOpen.value || screen.value.kind !== "playing" || isVoteUp());
listenForNumbers((place) => {
  if (settingsOpen.value || !isVoteUp() || !match.value?.candidates[place]) return false;
  intents.pressed();
  intents.vote(place);
  return true;
});

// Browsers let audio start only in the handler of a press, and a fight can be resumed without any button.
for (const press of ["pointerdown", "keydown"]) window.addEventListener(press, () => audio.unlock());

// Before anything is waited for: what the tab remembers is the last visit's seat, not one that Play has taken since.
const resuming = connection.resume();
if (shown.kind === "idle") void show(shown);
await resuming;

async function show(state: ConnectionState): Promise<void> {
  shown = state;
  restartAt.value = undefined;
  if (state.kind !== "joined") screen.value = screenOf(state);
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
    else settingsOpen.value = true;
  } else if (!isFight || settingsOpen.value) return false;
  else if (action === "scores") scoresHeld.value = true;
  else setNetGraphOpen(!netGraphOpen.value);
  return true;
}

function tell(notice: Notice): void {
  if (notice.type === "restarting") restartAt.value = performance.now() + notice.inMs;
}

async function showScene(state: ConnectionState): Promise<void> {
  const { showTitle, enterArena } = await game;
  if (shown !== state || state.kind === "dropped" || state.kind === "joining") return;
  if (state.kind !== "joined") return showTitle();
  await enterArena(state.room);
  if (shown !== state) return;
  screen.value = { kind: "playing" };
  followMaps(state);
}

/** The next match may be in another arena. */
function followMaps(state: Extract<ConnectionState, { kind: "joined" }>): void {
  const { room } = state;
  const { map } = room.state;
  const follow = () => {
    const isOver = shown !== state || room.state.map !== map;
    if (isOver) room.onStateChange.remove(follow);
    if (isOver && shown === state) void show(state);
  };
  room.onStateChange(follow);
}

function screenOf(state: Exclude<ConnectionState, { kind: "joined" }>): Screen {
  if (state.kind === "idle") return { kind: "title", ...(state.notice && { notice: state.notice }) };
  if (state.kind === "dropped") return { kind: "dropped", seatLostAt: state.seatLostAt };
  return state;
}

function requireElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
