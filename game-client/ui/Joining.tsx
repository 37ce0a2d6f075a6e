/** Between pressing Play and playing. */
import { Card } from "./Card.tsx";
import { STRINGS } from "./strings.ts";

export function Joining() {
  return (
    <Card title={STRINGS.joining.title} waiting>
      <p>{STRINGS.joining.body}</p>
    </Card>
  );
}
