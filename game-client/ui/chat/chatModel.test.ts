import { beforeEach, describe, expect, test } from "vitest";
import { unmarked } from "#client/ui/kit/Sentence.tsx";
import { setMutedHere } from "#client/ui/room/muting.ts";
import { pausedBy } from "#client/ui/room/roomModel.ts";
import type { ChatLine } from "#shared/protocol/chat.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { chatLog, expectRepeats, forgetChat, heard, hearLines, hearNotice } from "./chatModel.ts";
import { noticeText } from "./Entry.tsx";

const line = (name: string, text: string): ChatLine => ({
  seat: `seat-${name}`,
  name,
  team: 0,
  scope: "all",
  said: { text },
});
const texts = () =>
  heard(chatLog.value).map((entry) => {
    if ("notice" in entry) return unmarked(noticeText(entry.notice));
    return "text" in entry.line.said ? entry.line.said.text : "";
  });

beforeEach(forgetChat);

describe("the chat log", () => {
  test("[CHATLOG-1] holds the newest 200 lines and notices, in the order of their arrival", () => {
    hearLines([line("Ann", "one"), line("Bob", "two")]);
    hearNotice({ type: "joined", name: "Cat", spectating: false });
    expect(texts()).toEqual(["one", "two", "Cat joined"]);
    for (let i = 0; i < 300; i++) hearLines([line("Ann", String(i))]);
    expect(chatLog.value).toHaveLength(200);
    expect(texts().at(-1)).toBe("299");
  });

  test("[CHATLOG-2] hides a muted player's lines, also from another seat under the same name, until the player is unmuted", () => {
    hearLines([line("Ann", "one"), line("Bob", "two"), { ...line("Bob", "three"), seat: "another" }]);
    setMutedHere({ id: "seat-Bob", name: "Bob" }, true);
    expect(texts()).toEqual(["one"]);
    setMutedHere({ id: "seat-Bob", name: "Bob" }, false);
    expect(texts()).toEqual(["one", "two", "three"]);
  });

  test("[CHATLOG-6] after a reconnect adds only the new ones of the repeated lines; a line that was said twice stays twice", () => {
    hearLines([line("Ann", "one"), line("Bob", "two"), line("Bob", "two")]);
    expectRepeats();
    hearLines([line("Bob", "two"), line("Bob", "two"), line("Ann", "three")]);
    hearLines([line("Ann", "three")]);
    expect(texts()).toEqual(["one", "two", "two", "three", "three"]);
  });

  test("[CHATLOG-3] keeps the name of the player who paused the match until it resumes", () => {
    hearNotice({ type: "match", by: "Ann", did: "pause" });
    expect(pausedBy.value).toBe("Ann");
    hearNotice({ type: "match", by: "Bob", did: "resume" });
    expect(pausedBy.value).toBe("");
  });

  test.each<[Notice, string]>([
    [{ type: "joined", name: "Ann", spectating: true }, "Ann is watching"],
    [{ type: "left", name: "Ann", why: "banned" }, "Ann was banned"],
    [{ type: "away", name: "Ann" }, "Ann lost the connection"],
    [{ type: "host", name: "Ann" }, "Ann is the host now"],
    [
      { type: "settings", by: "Ann", now: ["bots", "timeLimitMin"], next: ["mode"] },
      "Ann changed: Bots, Time limit · Ann changed for the next match: Mode",
    ],
    [{ type: "match", by: "Ann", did: "restart" }, "Ann restarted the match"],
  ])("[CHATLOG-4] %o reads: %s", (notice, text) => {
    hearNotice(notice);
    expect(texts()).toEqual([text]);
  });

  test("[CHATLOG-5] does not show a notice that has a screen of its own", () => {
    hearNotice({ type: "restarting", inMs: 1000 });
    hearNotice({ type: "roomFailed" });
    hearNotice({ type: "idle", inMs: 1000 });
    hearNotice({ type: "active" });
    hearNotice({ type: "late", inMs: 1000 });
    hearNotice({ type: "still", isStill: true });
    expect(texts()).toEqual([]);
  });
});
