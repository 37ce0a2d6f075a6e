/** The people in the editor, the pointer that the view follows, the chat, and links for more people. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { EditorPerson } from "#client/editor/editorModel.ts";
import { calls, draftLink, everybody, followedId, lines, ownId } from "#client/editor/editorRoom.ts";
import { editorPath } from "#client/pagePaths.ts";
import { teamHue } from "#client/palette.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { QrIcon } from "#client/ui/kit/icons.tsx";
import { AwayIcon, EyeIcon } from "#client/ui/kit/peopleIcons.tsx";
import { QrCode } from "#client/ui/kit/QrCode.tsx";
import { called, Sentence } from "#client/ui/kit/Sentence.tsx";
import { ShareButtons } from "#client/ui/kit/ShareButtons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { CHAT_MAX_CHARS } from "#shared/protocol/chat.ts";
import type { EditorLine, EditorNews } from "#shared/protocol/editor.ts";
import { Dot } from "./editorIcons.tsx";
import { page, tell } from "./panelModel.ts";

export function PeopleTab() {
  const words = STRINGS.editor.people;
  const key = page.value?.key;
  return (
    <>
      <ul class="editor-persons">
        {everybody.value.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      <Talk />
      <h2 class="dialog-subtitle">{words.invite}</h2>
      {key && <Link name={words.editorLink} note={words.editorNote} of={{ id: draftLink.value.id, key }} />}
      <Link name={words.viewerLink} note={words.viewerNote} of={{ id: draftLink.value.id, key: "" }} />
    </>
  );
}

function Person({ person }: { person: EditorPerson }) {
  const words = STRINGS.editor;
  const { id, name, colour, isConnected, role } = person;
  const isSelf = id === ownId.value;
  const isFollowed = followedId.value === id;
  return (
    <li class={isConnected ? "editor-person" : "editor-person editor-person-away"}>
      <Dot hue={teamHue(colour)} />
      <bdi class="editor-person-name" translate={false}>
        {name}
      </bdi>
      <span class="editor-person-role">
        {words.roles[role]}
        {isSelf && ` · ${words.people.you}`}
      </span>
      {!isConnected && <AwayIcon />}
      {!isSelf && (
        <Button
          look="icon"
          label={isFollowed ? words.people.unfollow : words.people.follow}
          pressed={isFollowed}
          onPress={() => {
            followedId.value = isFollowed ? "" : id;
          }}
        >
          <EyeIcon />
        </Button>
      )}
    </li>
  );
}

function Talk() {
  const words = STRINGS.chat;
  const [text, setText] = useState("");
  const say = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    const answer = await calls.value?.say(text);
    if (answer?.ok) setText("");
    else if (answer) tell(STRINGS.room.refused[answer.reason]);
  };
  return (
    <section class="editor-chat" aria-label={words.title}>
      <h2 class="dialog-subtitle">{words.title}</h2>
      <Log />
      <form class="editor-say" onSubmit={say}>
        <input
          class="editor-text"
          value={text}
          maxLength={CHAT_MAX_CHARS}
          placeholder={words.line}
          aria-label={words.line}
          autocomplete="off"
          enterkeyhint="send"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button look="plain">{words.send}</Button>
      </form>
    </section>
  );
}

/** Player text is rendered as text only, never as HTML. */
function Log() {
  const list = useRef<HTMLUListElement>(null);
  const newest = lines.value.at(-1)?.key;
  useEffect(() => {
    if (list.current && newest !== undefined) list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);
  if (lines.value.length === 0) return null;
  return (
    <ul
      ref={list}
      class="editor-log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={STRINGS.chat.title}
    >
      {lines.value.map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </ul>
  );
}

/** The room's own lines come from nobody. */
function Line({ line: { from, name, text } }: { line: EditorLine }) {
  if (from === "")
    return (
      <li class="editor-news">
        <Sentence text={STRINGS.editor.news[text as EditorNews](called(name))} />
      </li>
    );
  return (
    <li>
      <strong translate={false} style={{ color: hueOf(from) }}>
        <bdi>{name}</bdi>:
      </strong>{" "}
      <bdi>{text}</bdi>
    </li>
  );
}

const hueOf = (from: string): string => {
  const found = everybody.value.find(({ id }) => id === from);
  return found ? teamHue(found.colour) : "inherit";
};

interface LinkProps {
  name: string;
  note: string;
  of: { id: string; key: string };
}

function Link({ name, note, of }: LinkProps) {
  const [showsQr, setShowsQr] = useState(false);
  const words = STRINGS.room.invite;
  const link = location.origin + editorPath(of);
  return (
    <section class="editor-link" aria-label={name}>
      <h3 class="field-name">{name}</h3>
      <p class="dialog-note">{note}</p>
      <div class="editor-row">
        <ShareButtons look="plain" link={link} notify={tell} />
        <Button look="icon" label={words.qr} pressed={showsQr} onPress={() => setShowsQr(!showsQr)}>
          <QrIcon />
        </Button>
      </div>
      {showsQr && <QrCode link={link} label={words.qrOf(link)} />}
    </section>
  );
}
