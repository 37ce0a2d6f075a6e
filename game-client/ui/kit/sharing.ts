/** Copies links, and shares links and files by the system's own dialog. */

/** Resolves to whether it worked: without TLS, as on a home network, a page has no access to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export const canShare = (data: ShareData): boolean => navigator.canShare?.(data) ?? false;

export async function share(data: ShareData): Promise<void> {
  // Rejects when the player cancels.
  await navigator.share({ title: "Fracas", ...data }).catch(() => {});
}
