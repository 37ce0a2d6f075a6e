/** Copies links, and shares links and files by the system's own dialog. */
import { STRINGS } from "#client/ui/strings/strings.ts";

/** Resolves to whether it worked: without TLS, as on a home network, a page has no access to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Like `copyText`, and resolves to the text that says whether it worked. */
export async function copyLink(link: string): Promise<string> {
  const words = STRINGS.room.invite;
  return (await copyText(link)) ? words.copied : `${words.notCopied} ${link}`;
}

export const canShare = (data: ShareData): boolean => navigator.canShare?.(data) ?? false;

export async function share(data: ShareData): Promise<void> {
  // Rejects when the player cancels.
  await navigator.share({ title: "Fracas", ...data }).catch(() => {});
}
