/** The messages that editors may send, each with its schema and handler. */
import { receiver } from "#server/rooms/receiver.ts";
import {
  CursorMessage,
  EDITOR_MESSAGE,
  EditCommandMessage,
  EditorChat,
  RestoreRequest,
  SaveRequest,
  TryRequest,
} from "#shared/protocol/editor.ts";
import type { Person } from "./seats.ts";
import type { Studio } from "./studio.ts";

export function handleEditors(room: Parameters<typeof receiver>[0], studio: Studio): void {
  const { seats, commands, presence, versions, tryOut } = studio;
  const receive = receiver(room);
  /** Drops what comes for a seat that is given up. */
  const by =
    <Message>(handle: (person: Person, message: Message) => unknown) =>
    (id: string, message: Message): unknown => {
      const person = seats.of(id);
      return person && handle(person, message);
    };
  receive(
    EDITOR_MESSAGE.edit,
    EditCommandMessage,
    by((person, command) => {
      const refused = commands.take(person, command, performance.now());
      if (refused) person.client.send(EDITOR_MESSAGE.refused, refused);
    }),
  );
  receive(
    EDITOR_MESSAGE.cursor,
    CursorMessage,
    by((person, cursor) => presence.point(person, cursor, performance.now())),
  );
  receive(
    EDITOR_MESSAGE.chat,
    EditorChat,
    by((person, text) => presence.say(person, text, performance.now())),
  );
  receive(
    EDITOR_MESSAGE.save,
    SaveRequest,
    by((person, { note }) => versions.save(person, note)),
  );
  receive(
    EDITOR_MESSAGE.restore,
    RestoreRequest,
    by((person, number) => versions.restore(person, number)),
  );
  receive(
    EDITOR_MESSAGE.tryOut,
    TryRequest,
    by((person, request) => tryOut.take(person, request)),
  );
}
