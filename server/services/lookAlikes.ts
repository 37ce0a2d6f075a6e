/** Tells when two names look alike, after Unicode's UTS 39: letters of other alphabets that readers take for Latin ones. */

/**
 * By Latin letter or digit: all characters that UTS 39's confusables.txt maps to it, in either case, except those that
 * NFKC maps as well. Those that look like a capital I, which the file maps to l, are with i.
 */
export const LOOK_ALIKES: Readonly<Record<string, string>> = {
  2: "ƧϨᒿꙄꛯꝚ",
  3: "ƷȜЗӠⳌꝪꞫ𑣊𖼻𝈆",
  4: "Ꮞ𑢯",
  5: "Ƽ𑢻",
  6: "бᏮⳒ𑣕",
  7: "𐓒𑣆𝈒",
  8: "Ȣȣ৪੪\u0b03𐌚\u{1e8cb}",
  9: "৭੧୨൭ⳊꝮ𑢬𑣌𑣖",
  a: "ɑΑαАаᎪᗅ⍺ꓮ𐊠𖽀",
  b: "ƄΒВЬᏏᏴᖯᗷꓐꞴ𐊂𐊡𐌁",
  c: "СсᏟᴄⲤⲥꓚꮯ𐊢𐌂𐐕𐐽𐔜𑣩𑣲🝌",
  d: "ԁᎠᏧᑯᗞᗪꓒꓓ",
  e: "ΕЕеҽᎬ℮⋿ⴹꓰꬲ𐊆𑢦𑢮",
  f: "ϜքᖴẝꓝꞘꞙꬵ𐊇𐊥𐔥𑢢𑣂𝈓",
  g: "ƍɡԌցᏀᏳᶃꓖ",
  h: "ΗНһհᎻᏂᕼⲎꓧ𐋏",
  i: "ıɩɪιіӏᎥ⍳ꙇꭵ𑣃ΙІӀᛁⲒꓲ𐊊",
  j: "ͿϳЈјᎫᒍꓙꞲ",
  k: "ΚКᏦᛕⲔꓗ𐔘",
  l: "Ɩǀ\u05c0\u05d5\u05df\u0627\u0661\u06f1\u07caᏞᒪ∣⏽Ⳑⵏꓡ𐌉𐌠𐐛𐔦𑢣𑢲𖼖𖼨𝈪\u{1e8c7}",
  m: "ΜϺМᎷᗰᛖⲘꓟ𐊰𐌑",
  n: "ΝոռⲚꓠ𐔓",
  o: "ΟοσОоՕօ\u05e1\u0647\u0665\u06be\u06c1\u06d5\u06f5\u07c0०০੦૦ଠ୦௦\u0c02౦\u0c82೦\u0d02ഠ൦\u0d82๐໐ဝ၀ჿዐᴏᴑⲞⲟⵔ〇ꓳꬽ𐊒𐊫𐐄𐐬𐓂𐓪𐔖𑓐𑢵𑣈𑣗𑣠",
  p: "ΡρРрᏢᑭ⍴Ⲣⲣꓑ𐊕",
  q: "ԛգզⵕ",
  r: "ƦгᎡᏒᖇᴦⲅꓣꭇꭈꮁ𐒴𖼵𝈖",
  s: "ƽЅѕՏᏕᏚꓢꜱꮪ𐊖𐐠𐑈𑣁𖼺",
  t: "ΤТᎢ⊤⟙Ⲧꓔ𐊗𐊱𐌕𑢼𖼊🝨",
  u: "ʋυՍսሀᑌᴜ∪⋃ꓴꞟꭎꭒ𐓎𐓶𑢸𑣘𖽂",
  v: "νѴѵ\u05d8\u0667\u06f7Ꮩᐯᴠ∨⋁ⴸꓦꛟꮩ𐔝𑜆𑢠𑣀𖼈𝈍",
  w: "ɯѡԜԝաᎳᏔᴡꓪꮃ𑜊𑜎𑜏𑣦𑣯",
  x: "×ΧХхᕁᕽ᙭᙮ᚷ╳⤫⤬⨯ⲬⵝꓫꞳ𐊐𐊴𐌗𐌢𐔧𑣬",
  y: "ɣʏΥγУуҮүყᎩᎽᶌỿⲨꓬꭚ𐊲𑢤𑣜𖽃",
  z: "ΖᏃᴢꓜꮓ𐋵𑢩𑣄𑣥",
};

const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin])),
);

/** ASCII characters that look alike in one case or another. */
const ASCII: readonly (readonly [RegExp, string])[] = [
  [/[1i|]/g, "l"],
  [/0/g, "o"],
  [/rn/g, "m"],
  [/vv/g, "w"],
];

/** The texts asked about last: a newcomer's name is compared with all others in the room. */
const known = new Map<string, string>();
const KNOWN_MAX = 2048;

/** Equal for texts that a reader confuses; to compare, never to show. `text` must be clean (cleanText). */
export function skeletonOf(text: string): string {
  let skeleton = known.get(text);
  if (skeleton === undefined) {
    if (known.size === KNOWN_MAX) known.clear();
    skeleton = reduce(text);
    known.set(text, skeleton);
  }
  return skeleton;
}

/** UTS 39 drops them; clean text still has those that colour an emoji. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

function reduce(text: string): string {
  const visible = text.normalize("NFD").replace(IGNORABLE, "");
  const latin = Array.from(visible, (character) => LATIN.get(character) ?? character).join("");
  return ASCII.reduce((skeleton, [alike, one]) => skeleton.replace(alike, one), latin.toLowerCase());
}
