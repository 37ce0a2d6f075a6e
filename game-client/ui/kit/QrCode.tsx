/** A link as a QR code. */
import { useEffect, useRef } from "preact/hooks";

/** Width of the white rim in modules: some cameras do not find a code without one. */
const RIM_MODULES = 3;

/** The library is downloaded with the first code. */
export function QrCode({ link, label }: { link: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    import("lean-qr/nano").then(
      ({ generate }) => {
        const options = { on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: RIM_MODULES } as const;
        if (canvas.current) generate(link).toCanvas(canvas.current, options);
      },
      () => {},
    );
  }, [link]);
  return <canvas ref={canvas} class="qr-code" role="img" aria-label={label} />;
}
