/** Placeholder until i18-faults has the texts. */
import type { Fault } from "#shared/arena/fault.ts";

export const faultText = (fault: Fault): string => fault.code;
