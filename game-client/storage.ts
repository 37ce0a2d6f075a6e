/** What the page remembers, for ever or for this tab. Storage may be forbidden: then it lasts as long as the page. */

export interface Memory {
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  forget(key: string): void;
}

const memoryIn = (storage: () => Storage): Memory => {
  /** What storage did not take. */
  const loose = new Map<string, string>();
  return {
    recall(key) {
      try {
        return storage().getItem(key) ?? loose.get(key);
      } catch {
        return loose.get(key);
      }
    },
    remember(key, value) {
      try {
        storage().setItem(key, value);
      } catch {
        loose.set(key, value);
      }
    },
    forget(key) {
      loose.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // It never got there.
      }
    },
  };
};

/** Between visits. */
export const pageMemory = memoryIn(() => localStorage);
/** Over a refresh of this tab. */
export const tabMemory = memoryIn(() => sessionStorage);
