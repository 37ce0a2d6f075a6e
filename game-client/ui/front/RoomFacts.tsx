/** A room from outside, in a few words. */
import type { ComponentChildren } from "preact";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";

export const roomTitle = ({ title }: RoomListing): string => title || STRINGS.front.publicRoom;

/** No more than its code is known of a room that is not there. */
export function RoomFacts({ code, of }: { code: string; of: RoomListing | undefined }) {
  return (
    <dl class="gate-facts">
      <Fact name={STRINGS.front.code}>
        <span class="code-mark">{code}</span>
      </Fact>
      {of && <ListedFacts of={of} />}
    </dl>
  );
}

function ListedFacts({ of }: { of: RoomListing }) {
  return (
    <>
      <Fact name={STRINGS.front.mode}>{STRINGS.modes[of.mode]}</Fact>
      <Fact name={STRINGS.front.map}>{mapTitle(of.map)}</Fact>
      <Fact name={STRINGS.front.players}>
        <PlayerCount of={of} />
      </Fact>
      {of.spectators > 0 && <Fact name={STRINGS.front.watching}>{String(of.spectators)}</Fact>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="figures">{children}</dd>
    </div>
  );
}

export function PlayerCount({ of }: { of: RoomListing }) {
  return (
    <>
      {`${of.players} / ${of.playersMax}`}
      {of.bots > 0 && <small class="bots"> {STRINGS.front.plusBots(of.bots)}</small>}
    </>
  );
}

/** Maps are called by their files' names. */
export const mapTitle = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
