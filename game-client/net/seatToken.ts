/** The key to the player's seat, kept for this tab only, so that a refresh gets the same drone back. */

const KEY = "fracas.seat";

export const readSeatToken = (): string | null => sessionStorage.getItem(KEY);

export const saveSeatToken = (token: string): void => sessionStorage.setItem(KEY, token);

export const clearSeatToken = (): void => sessionStorage.removeItem(KEY);
