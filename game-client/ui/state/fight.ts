/** The news of the fight as signals: kill confirmations, headlines, streaks, bounties, and one's own destruction. */
import { computed, signal } from "@preact/signals";
import { leaderOf } from "#shared/modes/feats.ts";
import type { FeatName } from "#shared/schema/names.ts";
import type { WeaponName } from "#shared/tuning.ts";
import { scores } from "./model.ts";

export interface Named {
  readonly name: string;
  readonly team: number;
}

export interface ShownFeat {
  readonly feat: FeatName;
  /** The count of a series; 1 for other feats. */
  readonly value: number;
}

/** A deed of the player on this page, just done. */
export type Announcement =
  | { readonly key: number; readonly kind: "kill"; readonly victim: Named }
  | ({ readonly key: number; readonly kind: "feat" } & ShownFeat);

/** News for everybody. `mine`: the part of the player on this page in it. */
export type Headline =
  | { readonly key: number; readonly kind: "streak"; readonly name: string; readonly kills: number }
  | {
      readonly key: number;
      readonly kind: "ended";
      readonly by: string;
      readonly of: string;
      readonly mine: "by" | "of" | "none";
    };

/** A tip by the weapon that destroyed the player, or by the situation. */
export type TipName = WeaponName | "dash" | "crowd";

export interface Attacker extends Named {
  readonly id: string;
  readonly damage: number;
  /** The most damage first. */
  readonly byWeapon: readonly { readonly weapon: WeaponName; readonly damage: number }[];
}

/** How the player's drone was destroyed. */
export interface Death {
  readonly key: number;
  readonly killer: Named & { readonly id: string };
  readonly weapon: WeaponName;
  /** Who damaged it shortly before, the killer first; empty if the page saw no hit. */
  readonly attackers: readonly Attacker[];
  /** The killer's hp and shield together, 0 if it is destroyed too; undefined until the page sees it. */
  readonly killerLeft: number | undefined;
  readonly tip: TipName | undefined;
}

/** Oldest first; the scene removes faded ones. */
export const announcements = signal<readonly Announcement[]>([]);
export const headlines = signal<readonly Headline[]>([]);
/** Kills of the player's present life. */
export const ownStreak = signal(0);
/** Drones with a streak that is worth a bounty, and its last milestone; those that the page has heard of. */
export const streaks = signal<ReadonlyMap<string, number>>(new Map());
/** The one who leads by so much that there is a bounty on it. */
export const bountyId = computed(() => leaderOf(scores.value));
/** Undefined while the player's drone is whole. */
export const death = signal<Death | undefined>(undefined);

/** Whether a kill of this drone is a bounty. */
export const hasBounty = (id: string): boolean => id === bountyId.value || streaks.value.has(id);
