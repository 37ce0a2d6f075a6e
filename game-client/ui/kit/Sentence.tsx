/** A sentence of the page that names players, rooms or keys, or that changes while it is shown. */

const MARKS = /[\u2068\u2069]/;

/** Marks a name in a text for `Sentence`, by Unicode's isolates. */
export const called = (name: string): string => `\u2068${name}\u2069`;

/** For an accessible name, which is text alone. */
export const unmarked = (text: string): string => text.split(MARKS).join("");

/** A text around one marked part, for a part that has its own element. */
export function around(text: string): [before: string, after: string] {
  const [before = "", , after = ""] = text.split(MARKS);
  return [before, after];
}

/** A translator leaves the names alone, and a name written from right to left does not reorder what stands beside it. */
export function Sentence({ text }: { text: string }) {
  const parts = text.split(MARKS);
  return (
    // The key makes a new element for a new text: a translator replaces the text nodes that Preact would change.
    <span key={text}>
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <bdi key={part} translate={false}>
            {part}
          </bdi>
        ),
      )}
    </span>
  );
}
