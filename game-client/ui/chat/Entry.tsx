/** Lines of the chat, as text and nothing but text. */
import { teamHue } from "#client/palette.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ChatEntry } from "./chatModel.ts";
import { noticeText } from "./noticeText.ts";

export function Entry({ entry }: { entry: ChatEntry }) {
  if ("notice" in entry) return <li class="chat-entry chat-notice">{noticeText(entry.notice)}</li>;
  const { name, team, scope, said } = entry.line;
  const { scopes, phrases } = STRINGS.chat;
  return (
    <li class={`chat-entry chat-to-${scope}`}>
      {scope !== "all" && <span class="chat-scope">{scopes[scope]}</span>}{" "}
      <strong class="chat-name" style={{ color: teamHue(team) }}>
        {name}:
      </strong>{" "}
      <span class="chat-text">{"text" in said ? said.text : phrases[said.phrase]}</span>
    </li>
  );
}
