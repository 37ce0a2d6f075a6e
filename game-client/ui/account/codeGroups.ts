/** A transfer code as people read it out: "ABCDEFGH" → "ABCD-EFGH". */
export const inGroups = (code: string): string => code.replace(/^(\w{4})(\w{4})$/, "$1-$2");
