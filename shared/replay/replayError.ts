/** Why a file cannot be shown. "foreign": no replay; "newer": of a later version of Fracas; "damaged": cut off or changed. */
export type WhyUnreadable = "foreign" | "newer" | "damaged";

const TEXTS: Readonly<Record<WhyUnreadable, string>> = {
  foreign: "This file is no replay of Fracas.",
  newer: "A later version of Fracas has recorded this replay.",
  damaged: "This replay is damaged.",
};

export class ReplayError extends Error {
  readonly why: WhyUnreadable;

  constructor(why: WhyUnreadable, options?: ErrorOptions) {
    super(TEXTS[why], options);
    this.name = "ReplayError";
    this.why = why;
  }
}
