/** The shapes of hull patterns and emblems: SVG path data on a unit square, filled by the even-odd rule. Page and arena draw them. */
import type { Look } from "#shared/career/looks.ts";

const at = (value: number): string => String(Math.round(value * 1000) / 1000);

/** A closed polygon of points on circles around the middle: [radius, turns from the top]. */
const star = (points: readonly (readonly [radius: number, turns: number])[]): string =>
  `M${points
    .map(([radius, turns]) => {
      const angle = (turns - 0.25) * Math.PI * 2;
      return `${at(0.5 + radius * Math.cos(angle))} ${at(0.5 + radius * Math.sin(angle))}`;
    })
    .join("L")}Z`;

export const disc = (x: number, y: number, radius: number): string =>
  `M${at(x - radius)} ${at(y)}a${radius} ${radius} 0 1 0 ${at(2 * radius)} 0a${radius} ${radius} 0 1 0 ${at(-2 * radius)} 0Z`;

const square = (x: number, y: number, side: number): string =>
  `M${at(x)} ${at(y)}h${at(side)}v${at(side)}h${at(-side)}Z`;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
/** Two corners of a tooth of the gear, or a point and a gap of the star. */
const around = (count: number, shape: readonly (readonly [radius: number, share: number])[]) =>
  star(
    range(count).flatMap((index) =>
      shape.map(([radius, share]) => [radius, (index + share) / count] as const),
    ),
  );

/** On the hull, whose nose points to +x. Clip them to its outline. */
export const PATTERN_PATHS: Readonly<Record<Look["pattern"], string>> = {
  plain: "",
  stripe: "M0 .41H1V.59H0Z",
  chevron: "M.08 0 .43 .5 .08 1H.26L.61 .5 .26 0ZM.42 0 .77 .5 .42 1H.6L.95 .5 .6 0Z",
  split: "M0 0H1V.5H0Z",
  checks: range(16)
    .filter((index) => (index + Math.floor(index / 4)) % 2 === 0)
    .map((index) => square((index % 4) / 4, Math.floor(index / 4) / 4, 0.25))
    .join(""),
  bands: "M.1 0H.24V1H.1ZM.43 0H.57V1H.43ZM.76 0H.9V1H.76Z",
  flame: "M0 0H.3Q.7 .08 .42 .2Q.9 .28 .5 .4Q1 .5 .5 .6Q.9 .72 .42 .8Q.7 .92 .3 1H0Z",
  circuit: "M.06 .18H.48V.12H.64V.3H.48V.24H.12V.46H.7V.4H.88V.6H.7V.54H.12V.76H.38V.7H.54V.88H.38V.82H.06Z",
  scales: range(25)
    .map((index) => {
      const column = Math.floor(index / 5);
      return `M${at(column / 5)} ${at((index % 5) / 5 - (column % 2 ? 0.1 : 0))}a.1 .1 0 0 1 0 .2Z`;
    })
    .join(""),
  star: around(5, [
    [0.48, 0],
    [0.2, 0.5],
  ]),
};

export const EMBLEM_PATHS: Readonly<Record<Look["emblem"], string>> = {
  plain: "",
  anvil: "M.03 .22H.97V.38Q.72 .42 .66 .54V.64L.82 .78V.9H.18V.78L.34 .64V.54Q.08 .48 .03 .22Z",
  leaf: "M.1 .92Q.02 .16 .92 .08Q.98 .88 .26 .82L.62 .4 .16 .8Z",
  wave: "M0 .62Q.18 .08 .56 .16Q.86 .24 .8 .5Q.66 .34 .52 .46Q.46 .74 1 .72V.92H0Z",
  bolt: "M.62 0 .14 .58H.44L.34 1 .86 .38H.54Z",
  crown: "M.1 .76 .03 .24 .3 .48 .5 .1 .7 .48 .97 .24 .9 .76ZM.1 .83H.9V.94H.1Z",
  eye: `M0 .5Q.5 -.08 1 .5Q.5 1.08 0 .5Z${disc(0.5, 0.5, 0.23)}${disc(0.5, 0.5, 0.11)}`,
  gear: `${around(8, [
    [0.36, 0.1],
    [0.36, 0.3],
    [0.48, 0.38],
    [0.48, 0.62],
    [0.36, 0.7],
    [0.36, 0.9],
  ])}${disc(0.5, 0.5, 0.16)}`,
  moon: "M.6 .04A.47 .47 0 1 0 .96 .7A.4 .4 0 0 1 .6 .04Z",
  rose: `${range(5)
    .map((index) => {
      const angle = (index / 5 - 0.25) * Math.PI * 2;
      return disc(0.5 + 0.27 * Math.cos(angle), 0.5 + 0.27 * Math.sin(angle), 0.21);
    })
    .join("")}${disc(0.5, 0.5, 0.13)}`,
  skull: `M.5 .04A.4 .38 0 0 0 .18 .66V.76H.33V.94H.67V.76H.82V.66A.4 .38 0 0 0 .5 .04Z${disc(0.34, 0.46, 0.11)}${disc(0.66, 0.46, 0.11)}M.5 .58 .57 .7H.43Z`,
  sun: `${around(8, [
    [0.49, 0],
    [0.29, 0.5],
  ])}${disc(0.5, 0.5, 0.14)}`,
};
