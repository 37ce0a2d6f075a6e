/** Gamepads as a device: left stick or bound buttons move, right stick aims. */
import { type Action, actionOfCode, type Bindings } from "#client/settings/bindings.ts";
import { bitOf, createButtons } from "./buttons.ts";
import type { Device } from "./device.ts";
import { type Pads, readPads } from "./pads.ts";
import { createStickAim, directionOf, lengthOf, toMove } from "./stick.ts";

/** Pads may come and go, so each access reads them. Tests replace `read` and `now`; see createButtons for `toggled`. */
export function createGamepad(
  bindings: () => Bindings,
  read: () => Pads = readPads,
  now: () => number = () => performance.now(),
  toggled?: () => number,
): Device {
  const buttons = createButtons(toggled);
  const barrel = createStickAim();

  const actionsOf = ({ pressed }: Pads): Action[] =>
    [...pressed]
      .map((code) => actionOfCode(bindings(), "pad", code))
      .filter((action) => action !== undefined);
  const movingBy = (pads: Pads) => (lengthOf(pads.left) > 0 ? pads.left : directionOf(actionsOf(pads)));
  const look = () => {
    const bits = actionsOf(read()).reduce((held, action) => held | bitOf(action), 0);
    buttons.hold(bits);
  };

  return {
    get stick() {
      return toMove(movingBy(read()));
    },
    aim() {
      const pads = read();
      return barrel.follow(pads.right, movingBy(pads), now());
    },
    get buttons() {
      look();
      return buttons.seen;
    },
    takeButtons() {
      look();
      return buttons.take();
    },
    letGo: () => buttons.letGo(),
  };
}
