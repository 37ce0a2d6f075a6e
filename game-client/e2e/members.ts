/** Accounts of a running server, and what they draw and publish there. */
import { Client } from "@colyseus/sdk";
import { type DraftPage, EDITOR_MESSAGE } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { Member } from "./leftResult.ts";

export type TokenMember = Member & { readonly token: string };

async function post<Answer>(url: string, path: string, body: unknown, token?: string): Promise<Answer> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", origin: url },
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

export async function makeMember(url: string, name: string): Promise<TokenMember> {
  const { token } = await post<{ token: string }>(url, ROUTE.identity, {});
  await post(url, ROUTE.accountName, { name }, token);
  const claims = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return { name, identity: JSON.parse(claims).sub, token };
}

/** Makes a draft of a Tiled file, and saves it as its first version. Resolves to the draft's id. */
export async function drawArena(
  url: string,
  { token, name }: TokenMember,
  tiledJson: string,
): Promise<string> {
  const { id } = await post<DraftPage>(url, ROUTE.drafts, { tiledJson }, token);
  const client = new Client(url);
  client.auth.token = token;
  const room = await client.joinOrCreate(ROOM.editor, { draft: id, name, protocol: PROTOCOL_VERSION });
  room.onMessage("*", () => {});
  await room.request(EDITOR_MESSAGE.save, { note: "" });
  await room.leave();
  return id;
}

/** Resolves to the arena's id in the gallery. */
export async function publishArena(url: string, member: TokenMember, tiledJson: string): Promise<string> {
  const id = await drawArena(url, member, tiledJson);
  await post(url, pathTo(ROUTE.publish, { id }), { version: 1 }, member.token);
  return id;
}
