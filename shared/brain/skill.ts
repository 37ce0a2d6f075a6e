/** Skill levels of bots, and what lies between them. Easy and hard bots differ only by this table. */

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

/** A skill by its name, as a number (0 is easy, 0.5 normal, 1 hard), or one of its own. */
export type SkillLevel = SkillName | number | Skill;

/** Values between two rows of the table are interpolated; those in ticks are whole. */
export function skillAt(level: SkillLevel): Skill {
  if (typeof level === "string") return SKILLS[level];
  if (typeof level === "object") return level;
  const place = 2 * Math.max(0, Math.min(level, 1));
  const [lower, upper] = place < 1 ? [SKILLS.easy, SKILLS.normal] : [SKILLS.normal, SKILLS.hard];
  const share = place < 1 ? place : place - 1;
  const fields = Object.keys(lower) as (keyof Skill)[];
  const between = fields.map((field) => {
    const value = lower[field] + (upper[field] - lower[field]) * share;
    return [field, field.endsWith("Ticks") ? Math.round(value) : value];
  });
  return Object.fromEntries(between) as unknown as Skill;
}

export const SKILL_NAMES = Object.keys(SKILLS) as SkillName[];
