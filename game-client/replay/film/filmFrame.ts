/** Paints a frame of a video: the picture of the arena, and a line that says who fights and where it is from. */
import type { CanvasSize } from "#client/render/quality.ts";
import { followed } from "#client/ui/room/watchModel.ts";
import { isTeamedNow } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ArenaState } from "#shared/schema/state.ts";

/** 1280 × 720 px where the screen shows the view in as many; H.264 needs even numbers. */
const WIDTH_MAX_PX = 1280;
const WIDTH_STEP_PX = 32;

/** No larger than the view on this screen: a slow machine has a small one, and draws it in time. */
export function filmSize(): CanvasSize {
  const viewPx = Math.min(innerWidth, (innerHeight * VIEW_WIDTH_PX) / VIEW_HEIGHT_PX) * devicePixelRatio;
  const steps = Math.max(10, Math.floor(Math.min(viewPx, WIDTH_MAX_PX) / WIDTH_STEP_PX));
  const width = steps * WIDTH_STEP_PX;
  return { width, height: (width * VIEW_HEIGHT_PX) / VIEW_WIDTH_PX };
}

const FONT = '"Oxanium Variable", system-ui, sans-serif';
/** The line at the foot is measured in shares of the video's height. */
const LINE = 1 / 18;
const TEXT = 0.55 * LINE;
const EDGE = 0.5 * LINE;
const LEADERS = 3;

type Shown = Pick<ArenaState, "roster" | "scoreA" | "scoreB">;

export function paintFrame(canvas: HTMLCanvasElement, picture: HTMLCanvasElement, state: Shown): void {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  const { width, height } = canvas;
  context.drawImage(picture, 0, 0, width, height);
  context.fillStyle = "rgb(8 8 24 / 72%)";
  context.fillRect(0, height * (1 - LINE), width, height * LINE);
  context.textBaseline = "middle";
  const y = height * (1 - LINE / 2);
  const edge = height * EDGE;
  write(context, "FRACAS", { x: width - edge, y, align: "right", weight: 800, colour: "#7fe8ff" });
  write(context, whoIn(state), { x: edge, y, align: "left", weight: 800, colour: "#ffffff" });
  write(context, scoresIn(state), { x: width / 2, y, align: "center", weight: 500, colour: "#d5d8f0" });
}

interface Writing {
  readonly x: number;
  readonly y: number;
  readonly align: CanvasTextAlign;
  readonly weight: number;
  readonly colour: string;
}

function write(context: CanvasRenderingContext2D, text: string, { x, y, align, weight, colour }: Writing) {
  context.font = `${weight} ${context.canvas.height * TEXT}px ${FONT}`;
  context.textAlign = align;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** The player in the middle of the picture. */
function whoIn({ roster }: Shown): string {
  const seat = roster.get(followed.peek());
  return seat ? `${seat.name} ${seat.score}` : "";
}

function scoresIn({ roster, scoreA, scoreB }: Shown): string {
  if (isTeamedNow.peek()) {
    const { team } = STRINGS.scores;
    return `${team(1)}  ${scoreA} : ${scoreB}  ${team(2)}`;
  }
  const best = [...roster.values()].filter(({ spectating }) => !spectating).sort((a, b) => b.score - a.score);
  return best
    .slice(0, LEADERS)
    .map(({ name, score }) => `${name} ${score}`)
    .join("  ·  ");
}
