/** Menus can be zoomed by pinching, for players who need large text; the fight is shown whole, at any time. */
import { effect } from "@preact/signals";

/** While `isForbidden`, which reads signals, ends a zoom and ignores pinches. */
export function forbidZoom(isForbidden: () => boolean): void {
  const viewport = document.querySelector<HTMLMetaElement>("meta[name=viewport]");
  const zoomable = viewport?.content ?? "";
  effect(() => {
    const isOff = isForbidden();
    // The limit ends the zoom; base.css keeps browsers that let users exceed it from starting one.
    if (viewport) viewport.content = isOff ? `${zoomable}, maximum-scale=1` : zoomable;
    document.documentElement.dataset.zoom = isOff ? "off" : "on";
  });
}
