/** Menus can be zoomed by pinching, for players who need large text; the fight is shown whole, at any time. */
import { effect } from "@preact/signals";

/** While `isForbidden`, which reads signals, ends a zoom and ignores pinches. */
export function forbidZoom(isForbidden: () => boolean): void {
  const viewport = document.querySelector<HTMLMetaElement>("meta[name=viewport]");
  const zoomable = viewport?.content ?? "";
  // Safari, and Chrome by a setting, let users exceed the limit: there a zoom stays, and a pinch must be able to end it.
  const ignorePinches = () => {
    const isZoomed = (window.visualViewport?.scale ?? 1) > 1;
    document.documentElement.dataset.zoom = isForbidden() && !isZoomed ? "off" : "on";
  };
  effect(() => {
    if (viewport) viewport.content = isForbidden() ? `${zoomable}, maximum-scale=1` : zoomable;
    ignorePinches();
  });
  window.visualViewport?.addEventListener("resize", ignorePinches);
}
