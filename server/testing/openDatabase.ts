/** A process that opens the database of its argument, brings its tables up to date, and prints "current" or the error. */
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";

const database = openDatabase(JSON.parse(process.argv[2] ?? "") as StoreAddress);
try {
  await database.migrate();
  console.log("current");
} catch (error) {
  console.log((error as Error).message);
}
await database.close();
