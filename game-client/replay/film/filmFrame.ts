/** Paints a frame of a video: the picture of the arena, and a line that says who fights and where it is from. */
import { followed } from "#client/ui/room/watchModel.ts";
import { isTeamedNow } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ArenaState } from "#shared/schema/state.ts";

export const FILM_SIZE = { width: 1280, height: 720 } as const;

const FONT = '"Oxanium Variable", system-ui, sans-serif';
const LINE_PX = 40;
const TEXT_PX = 22;
const EDGE_PX = 20;
const LEADERS = 3;

type Shown = Pick<ArenaState, "roster" | "scoreA" | "scoreB">;

export function paintFrame(canvas: HTMLCanvasElement, picture: HTMLCanvasElement, state: Shown): void {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  const { width, height } = canvas;
  context.drawImage(picture, 0, 0, width, height);
  context.fillStyle = "rgb(8 8 24 / 72%)";
  context.fillRect(0, height - LINE_PX, width, LINE_PX);
  context.textBaseline = "middle";
  const y = height - LINE_PX / 2;
  write(context, "FRACAS", { x: width - EDGE_PX, y, align: "right", weight: 800, colour: "#7fe8ff" });
  write(context, whoIn(state), { x: EDGE_PX, y, align: "left", weight: 800, colour: "#ffffff" });
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
  context.font = `${weight} ${TEXT_PX}px ${FONT}`;
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
