/** One kill: who destroyed whom, and by what. */
import { teamHue } from "#client/palette.ts";
import { WeaponIcon } from "#client/ui/hud/WeaponIcon.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { LiveKill, LivePerson } from "#shared/protocol/live.ts";

export function Kill({ of: { killer, victim, weapon } }: { of: LiveKill }) {
  return (
    <>
      <Person of={killer} />
      <WeaponIcon weapon={weapon} />
      <span class="visually-hidden"> {STRINGS.feed.destroyed} </span>
      <Person of={victim} />
    </>
  );
}

const Person = ({ of: { name, team } }: { of: LivePerson }) =>
  name === "" ? null : (
    <bdi class="live-name" translate={false} style={{ color: teamHue(team) }}>
      {name}
    </bdi>
  );
