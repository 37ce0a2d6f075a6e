/** Leads from a replay to a room that watches it together. */
import { Button } from "#client/ui/kit/Button.tsx";
import { PeopleIcon } from "#client/ui/kit/peopleIcons.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { playhead } from "./replayModel.ts";

/** Hosts a room that opens with the replay at the moment that is shown. */
export function WatchTogether({ of }: { of: ReplayInfo }) {
  const intents = useIntents();
  const host = () => {
    const { atMs, lengthMs } = playhead.peek();
    const screening = { id: of.head.match, lengthMs, atMs: Math.round(atMs) };
    intents.open({ kind: "host", screening });
  };
  return (
    <Button look="quiet" onPress={host}>
      <PeopleIcon />
      {STRINGS.together.open}
    </Button>
  );
}
