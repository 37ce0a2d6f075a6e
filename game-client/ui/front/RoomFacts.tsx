/** Shows a room from outside, and gives rooms their names. */
import type { ComponentChildren } from "preact";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import "./roomFacts.css";

export const roomTitle = ({ title }: RoomListing): string => title || STRINGS.front.publicRoom;

/** `of` is undefined for a room that does not exist: then only its code is known. */
export function RoomFacts({ code, of }: { code: string; of: RoomListing | undefined }) {
  return (
    <div class="gate-room">
      {of && <ArenaPicture map={of.map} isNamed />}
      <dl class="gate-facts">
        <Fact name={STRINGS.front.code}>
          <span class="code-mark" translate={false}>
            {code}
          </span>
        </Fact>
        {of && <ListedFacts of={of} />}
      </dl>
    </div>
  );
}

function ListedFacts({ of }: { of: RoomListing }) {
  const words = STRINGS.front;
  return (
    <>
      <Fact name={words.mode}>{STRINGS.modes[of.mode]}</Fact>
      <Fact name={words.map}>
        <MapName map={of.map} title={of.mapTitle} />
      </Fact>
      <Fact name={words.players}>
        <PlayerCount of={of} />
      </Fact>
      {of.spectators > 0 && <Fact name={words.watching}>{String(of.spectators)}</Fact>}
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
