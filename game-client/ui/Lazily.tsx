/** A part of the page whose chunk is loaded when it is first shown: most of the time nobody looks at it. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** `load` is a module's own function: it is called when this is first rendered. */
export function Lazily({ load, onFailed }: { load(): Promise<FunctionComponent>; onFailed(): void }) {
  const [part, setPart] = useState<{ Part: FunctionComponent }>();
  useEffect(() => {
    load().then((Part) => setPart({ Part }), onFailed);
  }, []);
  return part ? <part.Part /> : null;
}
