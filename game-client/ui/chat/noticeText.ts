/** A notice as a line of the log. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { SettingName } from "#shared/protocol/roomSettings.ts";
import type { LoggedNotice } from "./chatModel.ts";

export function noticeText(notice: LoggedNotice): string {
  const words = STRINGS.chat.notices;
  switch (notice.type) {
    case "joined":
      return notice.spectating ? words.joinedWatching(notice.name) : words.joined(notice.name);
    case "left":
      return words[notice.why](notice.name);
    case "settings":
      return [
        notice.now.length > 0 && words.settingsNow(notice.by, named(notice.now)),
        notice.next.length > 0 && words.settingsNext(notice.by, named(notice.next)),
      ]
        .filter(Boolean)
        .join(" · ");
    case "match":
      return words[notice.did](notice.by);
    default:
      return words[notice.type](notice.name);
  }
}

const named = (names: readonly SettingName[]): string =>
  names.map((name) => STRINGS.roomSettings.names[name]).join(", ");
