/** The state as the tutorial declares it: plain numbers, without views. */
import { type SchemaType, schema, t } from "@colyseus/schema";

export const Player = schema({ x: t.number(), y: t.number(), aim: t.number() }, "Player");

export const TutorialState = schema({ players: t.map(Player) }, "TutorialState");
export type TutorialState = SchemaType<typeof TutorialState>;
