/** What `npm run dev` loads into Vite, which boots it and loads it again when it changes. */
import { createDevApp } from "./app.ts";

export const server = createDevApp();
