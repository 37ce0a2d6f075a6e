/** Tells the drawing which part of the window the bars and panels leave to it. */
import { useEffect, useRef } from "preact/hooks";
import { insets } from "#client/editor/editorModel.ts";
import { isSmall } from "./panelModel.ts";

export function useInsets() {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const frame = root.current;
    if (!frame) return;
    const measure = () => {
      const box = (selector: string) => frame.querySelector(selector)?.getBoundingClientRect();
      const tools = isSmall() ? undefined : box(".editor-tools");
      const bar = isSmall() ? box(".editor-tools") : undefined;
      insets.value = {
        top: box(".editor-top")?.bottom ?? 0,
        left: tools?.right ?? 0,
        bottom: bar ? innerHeight - bar.top : 0,
        right: innerWidth - (box("aside.editor-panel")?.left ?? innerWidth),
      };
    };
    const sizes = new ResizeObserver(measure);
    const watchParts = () => {
      sizes.disconnect();
      for (const part of [frame, ...frame.children]) sizes.observe(part);
      measure();
    };
    const parts = new MutationObserver(watchParts);
    parts.observe(frame, { childList: true });
    watchParts();
    return () => {
      sizes.disconnect();
      parts.disconnect();
    };
  }, []);
  return root;
}
