/** How well a bot plays. All that tells an easy one from a hard one is in this table. */

export interface Skill {
  /** New orders, and a new error of its hand, this often. */
  readonly thinkEveryTicks: number;
  /** From the first sight of an enemy, or of a shot, until it answers. */
  readonly reactionTicks: number;
  /** How far its hand is off, at most, once it has settled on a target; twice that at first. */
  readonly aimErrorRad: number;
  /** How fast it can swing its barrel. */
  readonly turnRadPerTick: number;
  /** 1 aims where the target will be, 0 where it is. */
  readonly leadShare: number;
  /** Share of its orders in which it shoots at all: who pauses can be fought by a beginner. */
  readonly triggerShare: number;
  /** It pulls the trigger when its barrel is within so many target widths of where it wants it. */
  readonly triggerWidths: number;
  /** Share of its orders in which it sidesteps what flies at it. */
  readonly dodgeShare: number;
  /** Share of those sidesteps for which it spends its dash. */
  readonly dashShare: number;
}

export type SkillName = "easy" | "normal" | "hard";

export const SKILLS: Readonly<Record<SkillName, Skill>> = {
  easy: {
    thinkEveryTicks: 12,
    reactionTicks: 15,
    aimErrorRad: 0.2,
    turnRadPerTick: 0.2,
    leadShare: 0.25,
    triggerShare: 0.55,
    triggerWidths: 4,
    dodgeShare: 0.1,
    dashShare: 0.1,
  },
  normal: {
    thinkEveryTicks: 8,
    reactionTicks: 9,
    aimErrorRad: 0.11,
    turnRadPerTick: 0.35,
    leadShare: 0.7,
    triggerShare: 0.8,
    triggerWidths: 2,
    dodgeShare: 0.4,
    dashShare: 0.3,
  },
  hard: {
    thinkEveryTicks: 5,
    reactionTicks: 5,
    aimErrorRad: 0.05,
    turnRadPerTick: 0.6,
    leadShare: 1,
    triggerShare: 0.97,
    triggerWidths: 1.2,
    dodgeShare: 0.8,
    dashShare: 0.6,
  },
};

export const SKILL_NAMES = Object.keys(SKILLS) as SkillName[];
