/** Leases of drafts: one machine of many has a draft open at a time. */

export interface DraftLeases {
  /** Takes the draft for this machine until it is left. Returns the address of the machine that has it, if another one does. */
  take(draft: string): Promise<string | undefined>;
  leave(draft: string): void;
}

/** The leases of a machine that is alone. */
const ALONE: DraftLeases = { take: async () => undefined, leave() {} };

let provided = ALONE;

/** Called once when the server joins other machines: Colyseus creates rooms, and hands them nothing. */
export function provideDraftLeases(leases: DraftLeases = ALONE): void {
  provided = leases;
}

export const draftLeases = (): DraftLeases => provided;
