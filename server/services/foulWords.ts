/** What the word filter knows beside the library's English words: other languages, and ordinary words that it must spare. */

const list = (text: string): string[] => text.replace(/\s+/g, " ").split(", ");

/** Words of the library whose patterns also match ordinary words of English, German or French; FOUL has better ones. */
export const REPLACED: ReadonlySet<string> = new Set(
  list(`abo, anal, ass, bestiality, chink, cock, cuck, cum, dick, dyke, fag, felch, fuck, kike, nigger, retard, scat,
    semen, vagina, wank`),
);

/**
 * Patterns as the library normalizes text: lower case, without accents, and with double letters reduced to one, except
 * b, e, g, l, o and s. `|` marks a word boundary.
 */
export const FOUL: readonly string[] = [
  ...list(`|anal|, |analsex, |ass|, |asses|, |asshole, |asshat, |asswipe, |assclown, |asslick, dumbass|, jackass|, fatass|,
    bestiality, |chink|, |chinks|, |chinky, |cock|, |cocks|, |cocksuck, |cockhead, |cuck|, |cucks|, |cuckold,
    |cum|, |cums|, |cuming, |cumshot, |cumslut, |dick|, |dicks|, dickhead, |dickface, |dickwad, |dyke|, |dykes|, |fag|,
    |fags|, faggot, |fggot, |felch, fuck, |fck, |fcuk, |fk, |fu|, |fuk|, |fuker, |fukin, |fack|, |facking, |fvck, |phuck,
    f*ck, f#ck, |kike|, |kikes|, nigger, |ngger, nigga|, niggas|, |nig|, |nigs|, |retard|, |retards|, retarded, |semen|,
    |vagina, |wank|, |wanks|, |wanker, |wanking`),
  ...list(`arschloch, |fick|, |ficken, |ficker, |fickt, gefickt, fotze, |hure|, |huren|, hurensohn, missgeburt, |nute|,
    |nuten|, |schlampe|, |schlampen|, schwuchtel, |spast|, |spasti|, wichser`),
  ...list(`|batard, |bougnoul, |conard, |conasse, encule, |enfoire, |negre|, |nique ta, |pute|, |putes|, |putain,
    salope`),
];

/** Ordinary words and phrases, in lower case, of which a part is a match. By language: English, German, French. */
export const INNOCENT: readonly string[] = [
  ...list(`annal, blue tit, booby prize, booby trap, booby-trap, chink in, coal tit, cock and bull, cock-a-doodle, cum
    laude, great tit, kung fu, kung-fu, moby dick, negro spiritual, negro-spiritual, penistone, porgies, puss in
    boots, pussy willow, pussycat, pussyfoot, rapeseed, rappe, shiitake, snigger, tit for tat, tit-for-tat, van
    dyke, willow tit`),
  ...list(`bin dick, das ass, dick auf, dick und, die pute, durch dick, ein ass, eine pute, fckw, fkk, fkt, gernegro, herz
    ass, herz-ass, ist dick, karo ass, karo-ass, kreuz ass, kreuz-ass, nuten, pik ass, pik-ass, pissoir, sehr dick,
    so dick, sporn, zu dick`),
  ...list(`arsén, de retard, des retards, du retard, en retard, le retard, les retards, mon retard, négro-, pas de retard,
    pissaladi, pissenlit, rapetas, rapetis, râpe, râpé, râpè, salopette, sans retard, son retard, ton retard, un
    retard`),
];
