/** The title's ways into rooms, and why one is back there, in German. A part of ../de.ts. */
import type { Strings } from "#client/ui/strings/strings.ts";

export const frontDe: Strings["front"] = {
  host: "Raum eröffnen",
  browse: "Räume ansehen",
  byCode: "Code eingeben",
  back: "Zurück zum Titel",
  loading: "Einen Moment",
  notLoaded: {
    title: "Ein Teil der Seite fehlt",
    body: "Er war nicht zu laden: Die Verbindung brach ab, oder es gibt eine neue Version.",
  },
  mode: "Modus",
  anyMode: "Jeder Modus",
  refused: {
    badToken: "Der Server kannte dich nicht mehr. Versuche es noch einmal.",
    roomUnknown: "Diesen Raum gibt es nicht mehr.",
    roomEnded: "Dieser Raum ist zu Ende.",
    roomLocked: "Der Gastgeber hat diesen Raum gesperrt: Zurzeit kommt niemand Neues hinein.",
    tooMany: "Zu viele Versuche in kurzer Zeit. Warte einen Moment und versuche es noch einmal.",
    wrongPassword: "Das ist nicht das Passwort.",
    banned: "Der Gastgeber hat dich aus diesem Raum verbannt.",
    roomFull: "Dieser Raum ist voll.",
    noSpectators: "In diesem Raum darf niemand zuschauen.",
    badSettings: "Der Server nimmt diese Einstellungen nicht an.",
    serverFull: "Dieser Server ist voll. Versuche es in einer halben Minute noch einmal.",
  },
  ended: {
    kicked: "Der Gastgeber hat dich hinausgeworfen. Du darfst wiederkommen.",
    banned: "Der Gastgeber hat dich aus dem Raum verbannt.",
    takenOver: "Du spielst in einem anderen Tab weiter: Er hat deinen Platz übernommen.",
    roomEnded: "Der Raum stand zu lange leer und ist zu Ende.",
    gone: "Der Raum ist weg: Er hat den Neustart des Servers nicht überlebt.",
  },
  offers: {
    backToRoom: "Zurück in den Raum",
    takeBack: "Hierher zurückholen",
    otherRooms: "Räume ansehen",
    hostAgain: "Neu eröffnen",
  },
};
