/** Accuracy, kills and damage by weapon. */
import { WeaponIcon } from "#client/ui/hud/WeaponIcon.tsx";
import { count, percent } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { hitShareOf } from "#shared/figures/sums.ts";
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
          .map((row) => (
            <tr key={row.weapon}>
              <th scope="row">
                <span class="weapon-name">
                  <WeaponIcon weapon={row.weapon} />
                  {STRINGS.weapons[row.weapon]}
                </span>
              </th>
              <td class="figures">{count(row.kills)}</td>
              <td class="figures">{percent(hitShareOf([row]))}</td>
              <td class="figures">{count(row.damage)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
