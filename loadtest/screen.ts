export async function openScreen(_options: unknown): Promise<void> {}
