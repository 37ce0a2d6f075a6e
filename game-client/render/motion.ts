/** How much the picture may move. What moves for its own sake (shake, sway, afterimages) asks here, each time. */

export type MotionChoice = "system" | "reduced" | "full";

const asked =
  typeof matchMedia === "undefined" ? { matches: false } : matchMedia("(prefers-reduced-motion: reduce)");

export const motion = {
  /** For the settings to write. */
  choice: "system" as MotionChoice,
  get reduced(): boolean {
    return this.choice === "system" ? asked.matches : this.choice === "reduced";
  },
};
