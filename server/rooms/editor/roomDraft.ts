/** The draft of a room, as its history edits it: the room's state, except that cells are plain words. */
import { CELL_LAYERS, type DraftContent, type ObjectFields } from "#shared/editor/draft.ts";
import { CELL_WORDS, EditorObject, type EditorState } from "#shared/schema/editorState.ts";

/** Each index of an ArraySchema is a trap: writing a map's cells bit by bit would take a hundred times as long. */
export class RoomDraft implements DraftContent {
  readonly walls = new Uint32Array(CELL_WORDS);
  readonly bushes = new Uint32Array(CELL_WORDS);
  readonly #state: EditorState;
  /** The words that the state has. */
  readonly #shown = { walls: new Uint32Array(CELL_WORDS), bushes: new Uint32Array(CELL_WORDS) };

  constructor(state: EditorState, content: DraftContent) {
    this.#state = state;
    for (const layer of CELL_LAYERS) {
      for (let word = 0; word < CELL_WORDS; word++) {
        const value = content[layer][word] ?? 0;
        this[layer][word] = value;
        this.#shown[layer][word] = value;
        state[layer].push(value);
      }
    }
    for (const [id, fields] of content.objects.entries()) state.objects.set(id, newObject(fields));
    for (const [name, value] of content.properties.entries()) state.properties.set(name, value);
  }

  get objects(): EditorState["objects"] {
    return this.#state.objects;
  }

  get properties(): EditorState["properties"] {
    return this.#state.properties;
  }

  /** Writes the words that have changed into the state. */
  show(): void {
    for (const layer of CELL_LAYERS) {
      const words = this[layer];
      const shown = this.#shown[layer];
      for (let word = 0; word < CELL_WORDS; word++) {
        const value = words[word] ?? 0;
        if (value === shown[word]) continue;
        shown[word] = value;
        this.#state[layer][word] = value;
      }
    }
  }
}

export function newObject(fields: ObjectFields): InstanceType<typeof EditorObject> {
  const { layer, type, name, x, y, width, height } = fields;
  return new EditorObject({ layer, type, name, x, y, width, height });
}
