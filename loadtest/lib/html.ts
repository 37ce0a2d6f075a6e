/** HTML reports: pages of one file that load nothing, their palette, and uPlot for their plots. */
import { readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";

const require = createRequire(import.meta.url);
const readModule = (name: string) => readFileSync(require.resolve(name), "utf8");

/** Colours that the colour-blind can tell apart. Source: Okabe and Ito, "Color Universal Design" (2008). */
export const PALETTE = {
  blue: "#0072b2",
  orange: "#e69f00",
  green: "#009e73",
  pink: "#cc79a7",
  vermillion: "#d55e00",
  skyBlue: "#56b4e9",
} as const;

export interface PageParts {
  readonly title: string;
  readonly style: string;
  /** HTML, escaped by the caller. */
  readonly body: string;
}

export const htmlPage = ({ title, style, body }: PageParts): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
${style}
</style>
${body}
</html>
`;

/** For text and for attribute values in double quotes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** JSON that may stand inside a script element: no text in it can close the element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** A TypeScript module with type imports only → JavaScript for an inline `<script type="module">`. */
export const browserScript = (file: URL): string => stripTypeScriptTypes(readFileSync(file, "utf8"));

export const uplotStyle = (): string => readModule("uplot/dist/uPlot.min.css");

/** Defines the global `uPlot`. */
export const uplotScript = (): string => readModule("uplot/dist/uPlot.iife.min.js");
