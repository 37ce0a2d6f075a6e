/** An entry of the chat's log. Player text is rendered as text only, never as HTML. */
import { teamHue } from "#client/palette.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { SettingName } from "#shared/protocol/roomSettings.ts";
import type { ChatEntry, LoggedNotice } from "./chatModel.ts";

export function Entry({ entry }: { entry: ChatEntry }) {
  if ("notice" in entry) {
    return (
      <li class="chat-entry chat-notice" translate={false}>
        {noticeText(entry.notice)}
      </li>
    );
  }
  const { name, team, scope, said } = entry.line;
  const { scopes, phrases } = STRINGS.chat;
  return (
    <li class={`chat-entry chat-to-${scope}`}>
      {scope !== "all" && <span class="chat-scope">{scopes[scope]}</span>}{" "}
      <strong class="chat-name" translate={false} style={{ color: teamHue(team) }}>
        {name}:
      </strong>{" "}
      <span class="chat-text">{"text" in said ? said.text : phrases[said.phrase]}</span>
    </li>
  );
}

export function noticeText(notice: LoggedNotice): string {
  const words = STRINGS.chat.notices;
  switch (notice.type) {
    case "joined":
      return notice.spectating ? words.joinedWatching(notice.name) : words.joined(notice.name);
    case "left":
      return words[notice.why](notice.name);
    case "settings":
      return [
        notice.now.length > 0 && words.settingsNow(notice.by, namesOf(notice.now)),
        notice.next.length > 0 && words.settingsNext(notice.by, namesOf(notice.next)),
      ]
        .filter(Boolean)
        .join(" · ");
    case "match":
      return words[notice.did](notice.by);
    default:
      return words[notice.type](notice.name);
  }
}

const namesOf = (settings: readonly SettingName[]): string =>
  settings.map((name) => STRINGS.roomSettings.names[name]).join(", ");
