/** The entry that `npm run dev` loads into Vite, which reloads it on every change. */
import { createDevApp } from "./app.ts";

export const server = createDevApp();
