/**
 * Measures how loud a sound is: K-weighted as in ITU-R BS.1770, then the highest level of an average with a time constant
 * of 125 ms ("fast" in IEC 61672), about the time over which an ear adds up a short sound. In dB below a full-scale square
 * wave at middle frequencies.
 */

const FAST_SEC = 0.125;
/** Stands for silence instead of −∞; every sound is louder. */
const SILENCE_DB = -120;

/** Second-order filter with a0 = 1. */
interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The loudness of mono samples, dB. */
export function loudnessDb(samples: ArrayLike<number>, sampleRate: number): number {
  const [shelf, highPass] = kWeighting(sampleRate);
  const share = 1 - Math.exp(-1 / (FAST_SEC * sampleRate));
  let power = 0;
  let loudest = 0;
  let [p1, p2, q1, q2, r1, r2] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const p = samples[i] ?? 0;
    const q = shelf.b[0] * p + shelf.b[1] * p1 + shelf.b[2] * p2 - shelf.a[0] * q1 - shelf.a[1] * q2;
    const r =
      highPass.b[0] * q + highPass.b[1] * q1 + highPass.b[2] * q2 - highPass.a[0] * r1 - highPass.a[1] * r2;
    [p2, p1, q2, q1, r2, r1] = [p1, p, q1, q, r1, r];
    power += (r * r - power) * share;
    if (power > loudest) loudest = power;
  }
  return loudest === 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(loudest));
}

/** The factor that brings samples to the loudness `db`; 0 for silence. */
export function gainTo(db: number, samples: ArrayLike<number>, sampleRate: number): number {
  const measured = loudnessDb(samples, sampleRate);
  return measured === SILENCE_DB ? 0 : 10 ** ((db - measured) / 20);
}

/** The two filters of BS.1770 for any sample rate, from the analogue prototypes of De Man's "pyloudnorm". */
function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  const shelfK = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfA = 1 + shelfK / shelfQ + shelfK ** 2;
  const passK = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passA = 1 + passK / passQ + passK ** 2;
  return [
    {
      b: [
        (high + (band * shelfK) / shelfQ + shelfK ** 2) / shelfA,
        (2 * (shelfK ** 2 - high)) / shelfA,
        (high - (band * shelfK) / shelfQ + shelfK ** 2) / shelfA,
      ],
      a: [(2 * (shelfK ** 2 - 1)) / shelfA, (1 - shelfK / shelfQ + shelfK ** 2) / shelfA],
    },
    {
      b: [1, -2, 1],
      a: [(2 * (passK ** 2 - 1)) / passA, (1 - passK / passQ + passK ** 2) / passA],
    },
  ];
}
