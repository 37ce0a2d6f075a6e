/** The page's entry: creates the connection, interface, audio, input and game, and wires them. */
import type { ChatLine } from "#shared/protocol/chat.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { followScreenInAddress, roomInAddress, takeScreenFromAddress } from "./address.ts";
import { followEditor } from "./editor/followEditor.ts";
import { createGameLoader } from "./gameLoader.ts";
import { watchDevices } from "./input/deviceWatch.ts";
import type { ArenaLink } from "./net/arenaLink.ts";
import { createConnection } from "./net/connection.ts";
import { noteSeatLeft } from "./net/keptSeat.ts";
import { requestByLink } from "./net/requestSeat.ts";
import { answerForSeat } from "./net/seatHolder.ts";
import { prepareOfflinePage } from "./offline.ts";
import { createPageAudio } from "./pageAudio.ts";
import { createIntents } from "./pageIntents.ts";
import { listenForPageKeys } from "./pageKeys.ts";
import { Screens } from "./pageScreens.ts";
import { followReplays } from "./replay/followReplays.ts";
import { followFight } from "./tabTitle.ts";
import { expectRepeats, forgetChat, hearLines, hearNotice } from "./ui/chat/chatModel.ts";
import { mountUi } from "./ui/mount.tsx";
import { recallMuted } from "./ui/room/muting.ts";
import { room } from "./ui/room/roomModel.ts";
import { isStill } from "./ui/room/watchModel.ts";
import { idleAt, isPartMissing, lateUntil, restartAt, screen } from "./ui/state/model.ts";
import { forgetNews, hearNews, summary } from "./ui/state/progress.ts";
import { language, loadLanguage } from "./ui/strings/strings.ts";

const audio = createPageAudio();
const gameParent = requireElement("game");
const loader = createGameLoader(gameParent, audio, ({ why }) => {
  // At the title, only the background is lost.
  if (screens.state.kind !== "idle") connection.setAside({ kind: "cannotShow", why });
  else if (screen.peek().kind === "replay" || screen.peek().kind === "editor")
    screen.value = { kind: "cannotShow", why };
});
const linkedPage = takeScreenFromAddress();
// A failure is reported when a fight needs the game.
if (!linkedPage) loader.load().catch(() => {});
const linkedCode = roomInAddress();
const initial = {
  kind: "idle",
  ...(linkedCode !== undefined && { request: requestByLink(linkedCode) }),
} as const;

const connection = createConnection(location.origin, {
  ready: loader.ready,
  onChange: (state) => void screens.show(state),
  onNotice: showNotice,
  onEnter: enterRoom,
});
const screens = new Screens(initial, loader.load, (next) => connection.leave(next));
const intents = createIntents(connection, audio, () => screens.joinedRoom);

answerForSeat(() => connection.seatToken);
addEventListener("pagehide", noteSeatLeft);
addEventListener("vite:preloadError", () => {
  isPartMissing.value = true;
});

// No top-level await: a language's chunk imports this one, and would wait for it to end.
loadLanguage(language.peek())
  // If its texts do not load, the page speaks English.
  .catch(() => {})
  .then(showPage);

function showPage(): void {
  if (linkedPage) screen.value = linkedPage;
  mountUi(requireElement("ui"), intents);
  followScreenInAddress();
  followReplays(location.origin, loader.load, () => screens.showBackground());
  followEditor({
    endpoint: location.origin,
    connection,
    load: loader.load,
    left: () => screens.showBackground(),
  });
  watchDevices();
  listenForPageKeys(intents);
  // Development has no build of it; over a stream it would cover the picture.
  if (import.meta.env.PROD && linkedPage?.kind !== "overlay") prepareOfflinePage();

  if (linkedPage) screens.showSceneAfterPages();
  else void connection.resume(linkedCode);
  if (screens.state.kind === "idle" && !linkedPage) void screens.show(screens.state);
}

/** Prepares the interface for a new room, before the room's first message. */
function enterRoom(link: ArenaLink): void {
  room.value = undefined;
  forgetNews();
  forgetChat();
  recallMuted(link.roomId);
  link.onMessage(MESSAGE.chat, (lines: readonly ChatLine[]) => {
    if (hearLines(lines)) audio.play("chat");
  });
  link.onReconnect(expectRepeats);
  followFight(link);
}

function showNotice(notice: Notice): void {
  hearNotice(notice);
  const at = "inMs" in notice ? performance.now() + notice.inMs : undefined;
  if (notice.type === "restarting") restartAt.value = at;
  if (notice.type === "idle" || notice.type === "active") idleAt.value = at;
  if (notice.type === "late") lateUntil.value = at;
  if (notice.type === "result") hearNews(notice.news);
  if (notice.type === "summary") summary.value = notice.summary;
  if (notice.type === "still") isStill.value = notice.isStill;
}

function requireElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
