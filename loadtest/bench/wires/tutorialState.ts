/** The states as the tutorial declares them: plain numbers, without views. */
import { type SchemaType, schema, t } from "@colyseus/schema";

/** Of the field. */
export const Player = schema({ x: t.number(), y: t.number(), aim: t.number() }, "Player");

export const TutorialState = schema({ players: t.map(Player) }, "TutorialState");
export type TutorialState = SchemaType<typeof TutorialState>;

/** Of the fight. */
export const Fighter = schema(
  {
    x: t.number(),
    y: t.number(),
    aim: t.number(),
    hp: t.number(),
    shield: t.number(),
    score: t.number(),
  },
  "Fighter",
);

export const Shot = schema(
  { x: t.number(), y: t.number(), aim: t.number(), weapon: t.number(), owner: t.string() },
  "Shot",
);

export const Item = schema({ x: t.number(), y: t.number(), kind: t.number() }, "Item");

export const FightState = schema(
  { players: t.map(Fighter), shots: t.map(Shot), items: t.map(Item) },
  "FightState",
);
export type FightState = SchemaType<typeof FightState>;
