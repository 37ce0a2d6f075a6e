/** The page's memory between visits or within a tab. Where storage is forbidden, it lasts as long as the page. */
export interface Memory {
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  forget(key: string): void;
}

const memoryIn = (storage: () => Storage): Memory => {
  /** Values that the storage rejected. */
  const fallback = new Map<string, string>();
  return {
    recall(key) {
      try {
        return storage().getItem(key) ?? fallback.get(key);
      } catch {
        return fallback.get(key);
      }
    },
    remember(key, value) {
      try {
        storage().setItem(key, value);
      } catch {
        fallback.set(key, value);
      }
    },
    forget(key) {
      fallback.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // Storage is forbidden, so the value is not in it.
      }
    },
  };
};

/** Lasts between visits. */
export const pageMemory = memoryIn(() => localStorage);
/** Lasts over refreshes of this tab. */
export const tabMemory = memoryIn(() => sessionStorage);
