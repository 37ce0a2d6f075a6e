/** Between pressing Play and playing. */
import { Card } from "#client/ui/kit/Card.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function Joining() {
  return (
    <Card title={STRINGS.joining.title} waiting>
      <p>{STRINGS.joining.body}</p>
    </Card>
  );
}
