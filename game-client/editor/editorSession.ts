/** One visit to the editor: the room, the picture, what is wrong with the draft, and the way into a room to try it out and back. */
import { effect } from "@preact/signals";
import { CannotShow } from "#client/cannotShow.ts";
import { createArenaCalls } from "#client/net/arenas.ts";
import { joinEditor, openEditorLink } from "#client/net/editorLink.ts";
import { keptSeat } from "#client/net/keptSeat.ts";
import { requestByLink } from "#client/net/requestSeat.ts";
import { fetchMap } from "#client/net/roomLookup.ts";
import { callSign, recallName } from "#client/ui/front/rememberedName.ts";
import { screen } from "#client/ui/state/model.ts";
import { EDITOR_MESSAGE } from "#shared/protocol/editor.ts";
import { followFaults } from "./draftFaults.ts";
import type { EditorHost } from "./editorHost.ts";
import { acts, lookAt, people } from "./editorModel.ts";
import { calls, draftLink, followedId, forgetRoom, tryOut, view } from "./editorRoom.ts";
import { followOrigin } from "./originFile.ts";

/** Returns what ends it. Never throws: the screen says what failed. */
export function openEditor({ id, key }: { id: string; key: string }, host: EditorHost): () => void {
  forgetRoom();
  draftLink.value = { id, key };
  const name = recallName() || callSign();
  const link = openEditorLink({ draft: id, key, name, join: joinEditor(host.endpoint) });
  const { request } = link;
  calls.value = {
    say: (text) => request(EDITOR_MESSAGE.chat, text),
    save: (note) => request(EDITOR_MESSAGE.save, { note }),
    restore: (version) => request(EDITOR_MESSAGE.restore, version),
    file: (sha256) => fetchMap(sha256),
    drive: () => enterTryOut(host, name),
    tryOut: (wish) => request(EDITOR_MESSAGE.tryOut, wish),
  };
  const { draftFile } = createArenaCalls(host.endpoint);
  const stops = [
    followOrigin(() => draftFile(id, key)),
    ...[followFaults(), followPerson(), showPicture(host), followTryOut(host, name)],
  ];
  return () => {
    for (const stop of stops) stop();
    link.close();
    calls.value = undefined;
    forgetRoom();
  };
}

/** The picture follows whenever the editor's page is up and the draft is there. */
function showPicture(host: EditorHost): () => void {
  let isOver = false;
  const stop = effect(() => {
    if (screen.value.kind !== "editor" || !acts.value) return;
    const show = async () => {
      const game = await host.load();
      if (!isOver && screen.peek().kind === "editor") await game.showEditor();
    };
    show().catch((error) => {
      console.warn(error);
      const why = error instanceof CannotShow ? error.why : "drawingFailed";
      if (!isOver) view.value = { is: "closed", why };
    });
  });
  return () => {
    isOver = true;
    stop();
  };
}

/** Everybody enters the room in which the arena is tried out, once, and leaves it when it ends. */
function followTryOut(host: EditorHost, name: string): () => void {
  /** The room that this page has entered last. */
  let entered = "";
  return effect(() => {
    const code = tryOut.value?.code ?? "";
    if (code === entered) return;
    entered = code;
    // Not within the change of the signal: both change the screen.
    queueMicrotask(() => {
      if (screen.peek().kind !== "editor") host.connection.leave();
      if (code !== "") enterTryOut(host, name);
    });
  });
}

function enterTryOut({ connection }: EditorHost, name: string): void {
  const code = tryOut.peek()?.code;
  if (code === undefined) return;
  // After a refresh in the room, its seat is still there.
  if (keptSeat()?.code === code) void connection.resume(code);
  else void connection.join(name, requestByLink(code));
}

/** Looks where the followed person points. */
const followPerson = (): (() => void) =>
  effect(() => {
    const followed = people.value.find(({ id }) => id === followedId.value);
    if (followed?.cursor) lookAt.value = followed.cursor;
  });
