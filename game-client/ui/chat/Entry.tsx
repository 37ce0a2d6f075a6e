/** An entry of the chat's log. Player text is rendered as text only, never as HTML. */
import { teamHue } from "#client/palette.ts";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { SettingName } from "#shared/protocol/roomSettings.ts";
import type { ChatEntry, LoggedNotice } from "./chatModel.ts";

export function Entry({ entry }: { entry: ChatEntry }) {
  if ("notice" in entry) {
    return (
      <li class="chat-entry chat-notice">
        <Sentence text={noticeText(entry.notice)} />
      </li>
    );
  }
  const { name, team, scope, said } = entry.line;
  const { scopes, phrases } = STRINGS.chat;
  return (
    <li class={`chat-entry chat-to-${scope}`}>
      {scope !== "all" && <span class="chat-scope">{scopes[scope]}</span>}{" "}
      <strong class="chat-name" translate={false} style={{ color: teamHue(team) }}>
        <bdi>{name}</bdi>:
      </strong>{" "}
      <bdi class="chat-text">{"text" in said ? said.text : phrases[said.phrase]}</bdi>
    </li>
  );
}

export function noticeText(notice: LoggedNotice): string {
  const words = STRINGS.chat.notices;
  switch (notice.type) {
    case "joined":
      return notice.spectating
        ? words.joinedWatching(called(notice.name))
        : words.joined(called(notice.name));
    case "left":
      return words[notice.why](called(notice.name));
    case "settings":
      return [
        notice.now.length > 0 && words.settingsNow(called(notice.by), namesOf(notice.now)),
        notice.next.length > 0 && words.settingsNext(called(notice.by), namesOf(notice.next)),
      ]
        .filter(Boolean)
        .join(" · ");
    case "match":
      return { ...words, ...STRINGS.together.notices }[notice.did](called(notice.by));
    case "mapGone":
      return words.mapGone;
    default:
      return words[notice.type](called(notice.name));
  }
}

const namesOf = (settings: readonly SettingName[]): string =>
  settings.map((name) => STRINGS.roomSettings.names[name]).join(", ");
