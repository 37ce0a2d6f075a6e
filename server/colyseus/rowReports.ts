/** Reports the rooms of this process, as Colyseus' driver keeps them, to whom it may concern: the front's directory. */
import type { IRoomCache, MatchMakerDriver } from "@colyseus/core";

export interface RowReports {
  /** A room has opened, or something of it has changed. */
  put(row: IRoomCache): void;
  remove(roomId: string): void;
}

/** Reports every change that goes through the driver, after it is made. Returns the driver. */
export function reportRows<Driver extends MatchMakerDriver>(driver: Driver, reports: RowReports): Driver {
  const { insert, persist, update, remove } = driver;
  const put = (row: IRoomCache) => {
    // A room has no id until it is created.
    if (row.roomId && driver.has(row.roomId)) reports.put(row);
  };
  return Object.assign(driver, {
    async insert(row: IRoomCache) {
      const isNew = (await insert?.call(driver, row)) ?? false;
      if (isNew) put(row);
      return isNew;
    },
    persist(row: IRoomCache, create?: boolean) {
      const done = persist.call(driver, row, create);
      put(row);
      return done;
    },
    update(row: IRoomCache, operations: Parameters<MatchMakerDriver["update"]>[1]) {
      const done = update.call(driver, row, operations);
      put(row);
      return done;
    },
    remove(roomId: string) {
      const done = remove.call(driver, roomId);
      reports.remove(roomId);
      return done;
    },
  });
}
