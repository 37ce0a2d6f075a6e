/** The webhook's request for a match: signed JSON, or a Discord embed. */
import { createHmac } from "node:crypto";
import { matchTitle } from "#server/services/words.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { MatchPlayerLine, StoredMatch } from "#shared/protocol/progress.ts";

/** The body's type; docs/protocol.md describes it. */
export interface MatchFinished {
  type: "match.finished";
  /** When the match ended, in ISO 8601. */
  timestamp: string;
  data: StoredMatch & { url: string | null };
}

export interface Message {
  body: string;
  headers: Record<string, string>;
}

/** Host and path by which Discord's webhooks are known. */
export const isDiscord = ({ hostname, pathname }: URL): boolean =>
  /^(\w+\.)?discord(app)?\.com$/.test(hostname) && pathname.startsWith("/api/webhooks/");

const linkTo = (match: StoredMatch, publicUrl: string | undefined): string | null =>
  publicUrl ? new URL(pathTo(ROUTE.matchPage, { id: match.id }), publicUrl).href : null;

/**
 * Signed as standardwebhooks.com says: `webhook-signature` is "v1," and the base64 of HMAC-SHA256 over "ID.TIMESTAMP.BODY", where
 * ID is `webhook-id` and TIMESTAMP is `webhook-timestamp` in seconds. Without a secret there is no signature.
 */
export function signedMessage(
  match: StoredMatch,
  publicUrl: string | undefined,
  secret: string | undefined,
  nowMs: number,
): Message {
  const content: MatchFinished = {
    type: "match.finished",
    timestamp: new Date(match.endedAt).toISOString(),
    data: { ...match, url: linkTo(match, publicUrl) },
  };
  const body = JSON.stringify(content);
  const timestamp = Math.floor(nowMs / 1000).toString();
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "webhook-id": match.id,
    "webhook-timestamp": timestamp,
  };
  if (secret)
    headers["webhook-signature"] =
      `v1,${createHmac("sha256", keyOf(secret)).update(`${match.id}.${timestamp}.${body}`).digest("base64")}`;
  return { body, headers };
}

/** "whsec_" marks a key in base64, as libraries for receivers expect it. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);

/** An embed shows 4,096 characters; ten players take less. */
const DISCORD_PLAYERS_MAX = 10;
const ENDINGS = {
  scoreLimit: "Score limit reached",
  timeLimit: "Time is up",
  draw: "Draw",
  calledOff: "Called off",
} as const;

/** https://discord.com/developers/docs/resources/webhook#execute-webhook */
export function discordMessage(match: StoredMatch, publicUrl: string | undefined): Message {
  const link = linkTo(match, publicUrl);
  const shown = match.players.slice(0, DISCORD_PLAYERS_MAX);
  const more = match.players.length - shown.length;
  const embed = {
    title: `${matchTitle(match)}${match.teamScores ? `: ${match.teamScores.join(" – ")}` : ""}`,
    ...(link && { url: link }),
    description: [...shown.map(discordLine), ...(more > 0 ? [`and ${more} more`] : [])].join("\n"),
    timestamp: new Date(match.endedAt).toISOString(),
    footer: { text: ENDINGS[match.how] },
  };
  // A player may be called @everyone.
  const body = JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } });
  return { body, headers: { "content-type": "application/json" } };
}

function discordLine({ place, name, score, kills, deaths, points }: MatchPlayerLine): string {
  const change = points ? points.after - points.before : 0;
  const move = points ? ` (${change < 0 ? "" : "+"}${change})` : "";
  return `${place}. **${escapeMarkdown(name)}** ${score} points, ${kills}/${deaths}${move}`;
}

const escapeMarkdown = (text: string): string => text.replace(/[\\*_~`|>#[\]()<:@-]/g, "\\$&");
