/** Something that sounds all the time: it runs only while somebody wants it and can hear it. */
import type { Player } from "./music.ts";

export interface Background<What, Output> {
  /** Undefined: nothing. */
  want(what: What | undefined): void;
  /** Undefined while nobody can hear it. Starts or stops it as needed; call after each change. */
  follow(output: Output | undefined): void;
}

/** `open` starts it, in a moment when its code has to load; a failure leaves silence. */
export function createBackground<What, Output>(
  open: (what: What, output: Output) => Player | Promise<Player>,
): Background<What, Output> {
  let wanted: What | undefined;
  let opened: { readonly what: What; readonly player: Promise<Player> } | undefined;
  return {
    want(what) {
      wanted = what;
    },
    follow(output) {
      if (opened && (!output || opened.what !== wanted)) {
        void opened.player.then(
          (player) => player.stop(),
          () => {},
        );
        opened = undefined;
      }
      if (opened || !output || wanted === undefined) return;
      opened = { what: wanted, player: Promise.resolve(open(wanted, output)) };
      opened.player.catch(() => {});
    },
  };
}
