/** The groups of sounds whose volumes a player sets. */

/** Groups of single sounds. */
const SOUND_GROUPS = ["effects", "announcer", "interface"] as const;
export type SoundGroup = (typeof SOUND_GROUPS)[number];
/** Groups that sound all the time and step back for what matters. */
const BACKGROUND_GROUPS = ["music", "ambience"] as const;
export const VOLUME_GROUPS = [...SOUND_GROUPS, ...BACKGROUND_GROUPS] as const;
export type VolumeGroup = (typeof VOLUME_GROUPS)[number];
/** Each 0 to 1. */
export type Volumes = Readonly<Record<VolumeGroup, number>>;
