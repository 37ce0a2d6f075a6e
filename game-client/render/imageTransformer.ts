/**
 * Computes the corners of images and texts without garbage. Phaser's own node asks accessors and combines three matrices
 * by calls that V8 does not inline: some ten fractions an image become objects on the heap. This node multiplies the
 * camera's matrix with the image's in place. It leaves to Phaser what the game does not use: flipped and nested images,
 * scroll factors, and corners on whole pixels. See TransformerImage.js in Phaser's sources.
 */
import type Phaser from "phaser";

interface Camera {
  readonly roundPixels: boolean;
  /** The matrix's six numbers: a, b, c, d, e, f. */
  getViewMatrix(isComposite: boolean): { readonly matrix: Float32Array };
}
interface Context {
  readonly camera: Camera;
  readonly useCanvas: boolean;
}
/** The names are Phaser's. */
interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly _rotation: number;
  readonly _scaleX: number;
  readonly _scaleY: number;
  readonly _displayOriginX: number;
  readonly _displayOriginY: number;
  readonly flipX: boolean;
  readonly flipY: boolean;
  readonly scrollFactorX: number;
  readonly scrollFactorY: number;
  readonly vertexRoundMode: string;
}
interface Texturer {
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly uvSource: { readonly x: number; readonly y: number };
}
interface Node {
  /** x and y of the corners: top left, bottom left, bottom right, top right. */
  readonly quad: Float32Array;
  run(context: Context, drawn: Drawn, texturer: Texturer, parentMatrix: unknown, element: unknown): void;
}

/** Replaces the method of Phaser's node. */
export function useImageTransformer({ renderer }: Phaser.Game): void {
  const manager = (renderer as Phaser.Renderer.WebGL.WebGLRenderer).renderNodes;
  const node = manager.getNode("TransformerImage") as unknown as Node;
  const { quad } = node;
  const byPhaser = node.run.bind(node);
  node.run = (context, drawn, texturer, parentMatrix, element) => {
    if (parentMatrix || !isPlain(drawn, context.camera)) {
      byPhaser(context, drawn, texturer, parentMatrix, element);
    } else placeCorners(quad, context.camera.getViewMatrix(!context.useCanvas).matrix, drawn, texturer);
  };
}

const isPlain = (drawn: Drawn, camera: Camera): boolean =>
  !(drawn.flipX || drawn.flipY || camera.roundPixels) &&
  drawn.scrollFactorX === 1 &&
  drawn.scrollFactorY === 1 &&
  drawn.vertexRoundMode !== "safe" &&
  drawn.vertexRoundMode !== "full";

function placeCorners(quad: Float32Array, view: Float32Array, drawn: Drawn, texturer: Texturer): void {
  const { x, y, _rotation, _scaleX, _scaleY } = drawn;
  const va = view[0] as number;
  const vb = view[1] as number;
  const vc = view[2] as number;
  const vd = view[3] as number;
  const cos = Math.cos(_rotation);
  const sin = Math.sin(_rotation);
  const a = (cos * va + sin * vc) * _scaleX;
  const b = (cos * vb + sin * vd) * _scaleX;
  const c = (cos * vc - sin * va) * _scaleY;
  const d = (cos * vd - sin * vb) * _scaleY;
  const e = x * va + y * vc + (view[4] as number);
  const f = x * vb + y * vd + (view[5] as number);
  const left = texturer.uvSource.x - drawn._displayOriginX;
  const top = texturer.uvSource.y - drawn._displayOriginY;
  const right = left + texturer.frameWidth;
  const bottom = top + texturer.frameHeight;
  quad[0] = left * a + top * c + e;
  quad[1] = left * b + top * d + f;
  quad[2] = left * a + bottom * c + e;
  quad[3] = left * b + bottom * d + f;
  quad[4] = right * a + bottom * c + e;
  quad[5] = right * b + bottom * d + f;
  quad[6] = right * a + top * c + e;
  quad[7] = right * b + top * d + f;
}
