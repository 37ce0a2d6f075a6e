/** Accuracy, kills and damage by weapon. */
import { WeaponIcon } from "#client/ui/hud/WeaponIcon.tsx";
import { count, percent } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { WeaponSums } from "#shared/protocol/progress.ts";

export function WeaponTable({ of, caption }: { of: readonly WeaponSums[]; caption: string }) {
  const words = STRINGS.progress;
  return (
    <table class="page-table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.profile.weapon}</th>
          <th scope="col">{words.profile.kills}</th>
          <th scope="col">{words.profile.accuracy}</th>
          <th scope="col">{words.match.damage}</th>
        </tr>
      </thead>
      <tbody>
        {of
          .toSorted((a, b) => b.kills - a.kills)
          .map(({ weapon, kills, shots, hits, damage }) => (
            <tr key={weapon}>
              <th scope="row">
                <span class="weapon-name">
                  <WeaponIcon weapon={weapon} />
                  {STRINGS.weapons[weapon]}
                </span>
              </th>
              <td class="figures">{count(kills)}</td>
              <td class="figures">{percent(hits / shots)}</td>
              <td class="figures">{count(damage)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
