/** A button that opens the device's choice of a file: a Tiled map. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Button } from "#client/ui/kit/Button.tsx";

/** Phones do not know `.tmj`, and would show such files as out of reach. */
const isPhone = matchMedia("(pointer: coarse)").matches;

interface FileButtonProps {
  take(file: File): void;
  children: ComponentChildren;
  look?: "plain" | "quiet";
}

export function FileButton({ take, children, look = "plain" }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} onPress={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        {...(!isPhone && { accept: ".tmj,.json,application/json" })}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file can be chosen again once it is mended.
          currentTarget.value = "";
          if (file) take(file);
        }}
      />
    </>
  );
}
