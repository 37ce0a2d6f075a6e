/** Colyseus' serializer with buffers that always hold the whole draft: Colyseus would grow them with a line on stderr. */
import { type Client, Protocol, SchemaSerializer } from "@colyseus/core";
import { EDITORS_MAX } from "#shared/protocol/editor.ts";
import { CELL_WORDS, type EditorState } from "#shared/schema/editorState.ts";

/** An index of an array and a word, at most; both layers. */
const CELLS_MAX_BYTES = 2 * 8 * CELL_WORDS;
/** The most bytes of an object without its texts: refs, the id, and four numbers. */
const OBJECT_MAX_BYTES = 96;
/** Name, tool and selection are bounded. */
const EDITOR_MAX_BYTES = 640;
/** Properties, and what else the state has. */
const REST_MAX_BYTES = 4 * 1024;
const BYTES_PER_CHAR = 3;

export class EditorSerializer extends SchemaSerializer<EditorState> {
  override getFullState(client?: Client, timing?: { sNow: number }): Uint8Array {
    const maxBytes = maxBytesOf(this.encoder.state);
    if (this.fullEncodeBuffer.length < maxBytes) {
      this.fullEncodeBuffer = new Uint8Array(2 * maxBytes);
      this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
      this.needFullEncode = true;
    }
    return super.getFullState(client, timing);
  }

  override applyPatches(clients: Client[], state?: unknown, timing?: { sNow: number }): boolean {
    const maxBytes = maxBytesOf(this.encoder.state);
    if (this.encoder.sharedBuffer.length < maxBytes) this.encoder.sharedBuffer = new Uint8Array(2 * maxBytes);
    return super.applyPatches(clients, state, timing);
  }
}

/** A patch holds no more either: of each index and key the last change alone. */
function maxBytesOf({ objects }: EditorState): number {
  let bytes = CELLS_MAX_BYTES + EDITORS_MAX * EDITOR_MAX_BYTES + REST_MAX_BYTES;
  for (const { type, name } of objects.values())
    bytes += OBJECT_MAX_BYTES + BYTES_PER_CHAR * (type.length + name.length);
  return bytes;
}
