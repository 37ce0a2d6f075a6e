/** Vite plugin: builds the page with the parts of Phaser in parts.js, from Phaser's sources, instead of all of it. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { normalizePath, type Plugin } from "vite";

const PARTS = fileURLToPath(new URL("parts.js", import.meta.url));
/** As Vite names the files, also where node_modules is a link. */
const SOURCES = `${normalizePath(realpathSync(fileURLToPath(new URL("../../node_modules/phaser/src", import.meta.url))))}/`;

/** Phaser's own build sets these, too; false leaves out what they guard. */
const FEATURES: Readonly<Record<string, boolean>> = {
  WEBGL_RENDERER: true,
  CANVAS_RENDERER: false,
  FEATURE_SOUND: false,
  PLUGIN_CAMERA3D: false,
  PLUGIN_FBINSTANT: false,
  WEBGL_DEBUG: false,
};
const GUARD = new RegExp(`typeof (${Object.keys(FEATURES).join("|")})\\b`, "g");

export const usedPhaserParts = (): Plugin => ({
  name: "used-phaser-parts",
  // In development Vite bundles the package once, and its size does not matter.
  apply: "build",
  enforce: "pre",
  resolveId(id) {
    if (id === "phaser") return PARTS;
    // The package exports no path below src.
    return id.startsWith("phaser/src/") ? SOURCES + id.slice("phaser/src/".length) : null;
  },
  transform(code, id) {
    if (!id.startsWith(SOURCES)) return null;
    return { code: code.replace(GUARD, (_, feature: string) => String(FEATURES[feature])), map: null };
  },
});
