/**
 * Hands images, texts and particles to Phaser's batch without garbage. Phaser's own node does it by one call with 24
 * numbers, which V8 does not inline: each fraction among them becomes an object on the heap, 320 bytes a quad and a third
 * of what a full view allocates. This node does the same work in one function, down to the words of the batch's buffer.
 *
 * A quad is four vertices of seven 32-bit words: x and y in px, u and v, the texture's unit, the secondary tint with the
 * tint mode as its top byte, and the tint with the opacity as its top byte. See SubmitterQuad.js and BatchHandlerQuad.js
 * in Phaser's sources.
 */
import type Phaser from "phaser";

const WORDS_PER_QUAD = 28;

type Context = Phaser.Renderer.WebGL.DrawingContext & { readonly alphaStrategy: unknown };
interface RenderOptions {
  alphaStrategy: unknown;
}

/** A quad's colours at its corners, each packed as 0xBBGGRR. The names are Phaser's. */
interface Tints {
  readonly tintTopLeft: number;
  readonly tintTopRight: number;
  readonly tintBottomLeft: number;
  readonly tintBottomRight: number;
  readonly tint2TopLeft?: number;
  readonly tint2TopRight?: number;
  readonly tint2BottomLeft?: number;
  readonly tint2BottomRight?: number;
}
interface Drawn extends Tints {
  readonly tintMode: number;
  readonly _alphaTL: number;
  readonly _alphaTR: number;
  readonly _alphaBL: number;
  readonly _alphaBR: number;
  readonly customRenderNodes: { readonly BatchHandler?: Batch };
  readonly defaultRenderNodes: { readonly BatchHandler: Batch };
}
/** Particles bring colours of their own, which include their opacity. */
interface Tinter extends Tints {
  readonly tintEffect: number;
  run?(context: Context, drawn: Drawn, element: unknown): void;
}
interface Texturer {
  readonly frame: { readonly source: { readonly glTexture: unknown } };
  readonly uvSource: { readonly u0: number; readonly v0: number; readonly u1: number; readonly v1: number };
  run?(context: Context, drawn: Drawn, element: unknown): void;
}
interface Transformer {
  /** x and y of the corners: top left, bottom left, bottom right, top right. */
  readonly quad: ArrayLike<number>;
  run?(context: Context, drawn: Drawn, texturer: Texturer, parentMatrix: unknown, element: unknown): void;
}
interface Buffer {
  readonly viewF32: Float32Array;
  readonly viewU32: Uint32Array;
  readonly viewU8: Uint8Array;
}
interface Batch {
  instanceCount: number;
  readonly instancesPerBatch: number;
  readonly floatsPerInstance: number;
  readonly currentBatchEntry: { count: number };
  readonly vertexBufferLayout: { readonly buffer: Buffer };
  readonly _renderOptionsChanged: boolean;
  updateRenderOptions(options: RenderOptions): void;
  updateShaderConfig(): void;
  batchTextures(texture: unknown, options: RenderOptions): number;
  run(context: Context): void;
}
/** The parts of Phaser's node that its types leave out. */
interface Parts {
  readonly manager: { setCurrentBatchNode(batch: Batch, context: Context): void };
  readonly _renderOptions: RenderOptions;
  setRenderOptions(drawn: Drawn, normalMap?: unknown, normalMapRotation?: number): void;
}

/** Replaces the method of Phaser's node. Throws if Phaser's batch is not the one described above. */
export function useQuadSubmitter({ renderer }: Phaser.Game): void {
  const manager = (renderer as Phaser.Renderer.WebGL.WebGLRenderer).renderNodes;
  const batch = manager.getNode("BatchHandlerQuad") as unknown as Batch;
  if (batch.floatsPerInstance !== WORDS_PER_QUAD)
    throw new Error("this Phaser batches quads in another format");
  const node = manager.getNode("SubmitterQuad") as unknown as Parts;
  Object.assign(node, { run: submitBy(node) });
}

function submitBy(parts: Parts) {
  return (
    context: Context,
    drawn: Drawn,
    parentMatrix: unknown,
    element: unknown,
    texturer: Texturer,
    transformer: Transformer,
    tinter?: Tinter,
    normalMap?: unknown,
    normalMapRotation?: number,
  ): void => {
    texturer.run?.(context, drawn, element);
    transformer.run?.(context, drawn, texturer, parentMatrix, element);
    tinter?.run?.(context, drawn, element);
    parts.setRenderOptions(drawn, normalMap, normalMapRotation);
    const batch = drawn.customRenderNodes.BatchHandler ?? drawn.defaultRenderNodes.BatchHandler;
    const unit = openBatch(parts, batch, context, texturer);
    const { buffer } = batch.vertexBufferLayout;
    const at = batch.instanceCount * WORDS_PER_QUAD;
    writePlaces(buffer.viewF32, at, transformer.quad, texturer.uvSource, unit);
    if (tinter) writeTints(buffer, at, tinter, tinter.tintEffect);
    else {
      writeTints(buffer, at, drawn, drawn.tintMode);
      writeOpacity(buffer, at, drawn);
    }
    batch.instanceCount++;
    batch.currentBatchEntry.count++;
    if (batch.instanceCount === batch.instancesPerBatch) batch.run(context);
  };
}

/** Starts a batch if there is none or the options differ. Returns the texture's unit in it. */
function openBatch(
  { manager, _renderOptions }: Parts,
  batch: Batch,
  context: Context,
  { frame }: Texturer,
): number {
  if (batch.instanceCount === 0) manager.setCurrentBatchNode(batch, context);
  _renderOptions.alphaStrategy = context.alphaStrategy;
  batch.updateRenderOptions(_renderOptions);
  if (batch._renderOptionsChanged) {
    batch.run(context);
    batch.updateShaderConfig();
  }
  return batch.batchTextures(frame.source.glTexture, _renderOptions);
}

/** The corners in the order of a triangle strip: bottom left, top left, bottom right, top right. */
function writePlaces(
  words: Float32Array,
  at: number,
  quad: ArrayLike<number>,
  { u0, v0, u1, v1 }: Texturer["uvSource"],
  unit: number,
): void {
  writePlace(words, at, quad, 2, u0, v1, unit);
  writePlace(words, at + 7, quad, 0, u0, v0, unit);
  writePlace(words, at + 14, quad, 4, u1, v1, unit);
  writePlace(words, at + 21, quad, 6, u1, v0, unit);
}

/** Small enough that V8 inlines it. */
function writePlace(
  words: Float32Array,
  at: number,
  quad: ArrayLike<number>,
  corner: number,
  u: number,
  v: number,
  unit: number,
): void {
  words[at] = quad[corner] as number;
  words[at + 1] = quad[corner + 1] as number;
  words[at + 2] = u;
  words[at + 3] = v;
  words[at + 4] = unit;
}

/**
 * A tint has 24 bits, and the top byte is written by itself: a number of 32 bits would become an object wherever V8 has
 * not optimised yet. Vertices are read as bytes, in the order of all machines with WebGL.
 */
function writeTints({ viewU32, viewU8 }: Buffer, at: number, drawn: Tints, mode: number): void {
  viewU32[at + 5] = drawn.tint2BottomLeft ?? 0;
  viewU32[at + 12] = drawn.tint2TopLeft ?? 0;
  viewU32[at + 19] = drawn.tint2BottomRight ?? 0;
  viewU32[at + 26] = drawn.tint2TopRight ?? 0;
  viewU32[at + 6] = drawn.tintBottomLeft;
  viewU32[at + 13] = drawn.tintTopLeft;
  viewU32[at + 20] = drawn.tintBottomRight;
  viewU32[at + 27] = drawn.tintTopRight;
  const top = at * 4 + 3;
  viewU8[top + 20] = mode;
  viewU8[top + 48] = mode;
  viewU8[top + 76] = mode;
  viewU8[top + 104] = mode;
}

function writeOpacity(
  { viewU8 }: Buffer,
  at: number,
  { _alphaBL, _alphaTL, _alphaBR, _alphaTR }: Drawn,
): void {
  const top = at * 4 + 3;
  viewU8[top + 24] = _alphaBL * 255;
  viewU8[top + 52] = _alphaTL * 255;
  viewU8[top + 80] = _alphaBR * 255;
  viewU8[top + 108] = _alphaTR * 255;
}
