/** A file that is dropped anywhere on the page, while a form that takes one is open. */
import { useEffect, useRef, useState } from "preact/hooks";

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

/** Returns whether a file is held over the page. Otherwise the browser would leave the page, and show the file. */
export function useFileDrop(take: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const listeners = new AbortController();
    const on = (type: "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          react(event);
        },
        { signal: listeners.signal },
      );
    on("dragover", () => setOver(true));
    // The pointer has left the window if it enters nothing inside it.
    on("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(false));
    on("drop", ({ dataTransfer }) => {
      setOver(false);
      const file = dataTransfer?.files[0];
      if (file) latest.current(file);
    });
    return () => listeners.abort();
  }, []);
  return isOver;
}
