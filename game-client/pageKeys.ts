/** Gives the page's keys and pad buttons their effect on the current screen (panels, chat, mute, scoreboard, votes), and guards a fight. */
import { computed, effect } from "@preact/signals";
import { PING_NAMES } from "#shared/schema/names.ts";
import { isStored } from "./editor/editorRoom.ts";
import { guardLeaving } from "./input/leaving.ts";
import { listenForPadMenu } from "./input/padMenu.ts";
import { listenForNumbers, listenForPageActions, type PageAction } from "./input/pageActions.ts";
import { forbidZoom } from "./input/pinchZoom.ts";
import { keepScreenOn } from "./input/wakeLock.ts";
import { chatOpen, closeChat } from "./ui/chat/chatModel.ts";
import { isScreened } from "./ui/replay/screeningModel.ts";
import { closeRoom } from "./ui/room/closeRoom.ts";
import { room, roomOpen } from "./ui/room/roomModel.ts";
import { closeSettings } from "./ui/settings/Settings.tsx";
import { makeClip } from "./ui/state/clips.ts";
import { choices, emotesOpen, mayEmote, wish } from "./ui/state/emotes.ts";
import {
  type Intents,
  isDecided,
  isTeamedNow,
  match,
  muted,
  netGraphOpen,
  scoresHeld,
  screen,
  settingsOpen,
  shownReplay,
} from "./ui/state/model.ts";
import { setNetGraphOpen } from "./ui/state/netGraphOpen.ts";
import { isOnRange } from "./ui/teach/range.ts";

const isMenuOpen = () => settingsOpen.value || roomOpen.value;
const isPlaying = () => screen.value.kind === "playing";
const isFight = computed(() => isPlaying() || screen.value.kind === "dropped");
const isOverArena = () => isFight.value || shownReplay.value !== undefined;
/** A pad steers a drone, or a replay. */
const isPadInArena = () => isPlaying() || shownReplay.value !== undefined;
const isVoteOpen = () => isPlaying() && isDecided.value && !isScreened.value;

export function listenForPageKeys(intents: Intents): void {
  effect(() => {
    if (isMenuOpen()) closeChat();
    if (isMenuOpen() || chatOpen.value || !mayEmote()) emotesOpen.value = false;
  });
  listenForPageActions({
    press: (action) => pressAction(action, intents),
    release(action) {
      if (action === "scores") scoresHeld.value = false;
    },
  });
  guardLeaving(() => isFight.value || (screen.value.kind === "editor" && !isStored.value));
  keepScreenOn(() => isFight.value || shownReplay.value === "plays");
  forbidZoom(() => isOverArena() && !isMenuOpen());
  listenForPadMenu(
    () => isMenuOpen() || chatOpen.value || emotesOpen.value || !isPadInArena() || isVoteOpen(),
  );
  listenForNumbers((index) => {
    if (emotesOpen.value) {
      wish(choices("key")[index]);
      return true;
    }
    if (isMenuOpen() || chatOpen.value || !isVoteOpen() || !match.value?.candidates[index]) return false;
    intents.pressed();
    intents.vote(index);
    return true;
  });
}

const NOT_OVER_REPLAY: readonly PageAction[] = ["scores", "emotes", "ping", "clip"];

/** Returns whether the action applies to the current screen. */
function pressAction(action: PageAction, intents: Intents): boolean {
  if (action === "mute") {
    intents.setMuted(!muted.value);
    intents.pressed();
    return true;
  }
  if (action === "menu") {
    closeTopPanel();
    return true;
  }
  // The replay's own buttons show its scores; the room's fight, which stands still, takes neither emotes nor clips.
  if (isScreened.value && NOT_OVER_REPLAY.includes(action)) return false;
  if (action === "clip") return isFight.value && pressClip(intents);
  return isFight.value && !settingsOpen.value && pressInFight(action);
}

/** The press that closes a panel by gamepad makes no clip. */
function pressClip(intents: Intents): boolean {
  if (!isMenuOpen() && !chatOpen.value && !emotesOpen.value && !isOnRange.value) void makeClip(intents.clip);
  return true;
}

/** Closes the panel on top, or opens the settings if none is open. */
function closeTopPanel(): void {
  if (settingsOpen.value) closeSettings();
  else if (roomOpen.value) closeRoom();
  else if (chatOpen.value) closeChat();
  else if (emotesOpen.value) emotesOpen.value = false;
  else settingsOpen.value = true;
}

function pressInFight(action: Exclude<PageAction, "mute" | "menu" | "clip">): boolean {
  if (action === "room") {
    if (roomOpen.value) closeRoom();
    else roomOpen.value = room.value !== undefined;
    return true;
  }
  if (roomOpen.value) return false;
  if (action === "chat") {
    if (isOnRange.value) return false;
    chatOpen.value = !chatOpen.value;
    return true;
  }
  if (action === "emotes") {
    emotesOpen.value = !emotesOpen.value && mayEmote() && !chatOpen.value;
    return true;
  }
  if (action === "ping") {
    if (isTeamedNow.value) wish({ ping: PING_NAMES[0], from: "key" });
    return true;
  }
  // Inside the open chat, Tab moves the focus instead of showing the scoreboard.
  if (document.activeElement?.closest("dialog")) return false;
  if (action === "scores") scoresHeld.value = true;
  else setNetGraphOpen(!netGraphOpen.value);
  return true;
}
