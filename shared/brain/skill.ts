/** Skill levels of bots. Easy and hard bots differ only by this table. */

export interface Skill {
  /** Interval between decisions; each also draws a new aiming error. */
  readonly thinkEveryTicks: number;
  /** Delay between the first sight of an enemy or a shot and the reaction. */
  readonly reactionTicks: number;
  /** Largest aiming error once it has settled on a target; twice that at first. */
  readonly aimErrorRad: number;
  /** Turning speed of its barrel. */
  readonly turnRadPerTick: number;
  /** 1 aims where the target will be, 0 where it is. */
  readonly leadShare: number;
  /** Share of its decisions after which it shoots: pauses give a beginner a chance. */
  readonly triggerShare: number;
  /** It fires when its barrel is within this many target widths of its aim. */
  readonly triggerWidths: number;
  /** Share of its decisions after which it dodges shots. */
  readonly dodgeShare: number;
  /** Share of its decisions after which it may dash. */
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
