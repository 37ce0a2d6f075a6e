/** Vite plugin: draws the icons of an installed page from favicon.svg, so that no generated picture is kept. */
import { readFile } from "node:fs/promises";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import type { Plugin } from "vite";

const SOURCE = new URL("./public/favicon.svg", import.meta.url);
const BACKGROUND = "#0a0a1f";

/** `share`: of the icon's side that the picture takes. Systems cut a maskable icon to a circle of 80 %. */
const ICONS = [
  { name: "180", sidePx: 180, share: 0.86, isOpaque: true },
  { name: "192", sidePx: 192, share: 1, isOpaque: false },
  { name: "512", sidePx: 512, share: 1, isOpaque: false },
  { name: "maskable", sidePx: 512, share: 0.62, isOpaque: true },
] as const;

export const appIcons = (): Plugin => ({
  name: "app-icons",
  apply: "build",
  async generateBundle() {
    const picture = await loadImage(await readFile(SOURCE));
    for (const { name, sidePx, share, isOpaque } of ICONS) {
      const canvas = createCanvas(sidePx, sidePx);
      const context = canvas.getContext("2d");
      if (isOpaque) {
        context.fillStyle = BACKGROUND;
        context.fillRect(0, 0, sidePx, sidePx);
      }
      const inset = (sidePx * (1 - share)) / 2;
      context.drawImage(picture, inset, inset, sidePx * share, sidePx * share);
      this.emitFile({ type: "asset", fileName: `icons/${name}.png`, source: canvas.toBuffer("image/png") });
    }
  },
});
